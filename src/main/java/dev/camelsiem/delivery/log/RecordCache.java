package dev.camelsiem.delivery.log;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records that were added last, by their first sequence number. Thread-safe. */
final class RecordCache {
  private final long mostBytes;
  private final Map<Long, LogRecord> records = new LinkedHashMap<>();
  private long bytes;

  RecordCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  synchronized void add(LogRecord batch) {
    LogRecord before = records.put(batch.start().sequence(), batch);
    bytes += batch.weight() - (before == null ? 0 : before.weight());
    Iterator<LogRecord> oldest = records.values().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      bytes -= oldest.next().weight();
      oldest.remove();
    }
  }

  /** The record that has to go before long; null as long as a quarter of the room is left. */
  synchronized @Nullable LogRecord goesNext() {
    boolean room = records.isEmpty() || bytes < mostBytes - mostBytes / 4;
    return room ? null : records.values().iterator().next();
  }

  synchronized @Nullable LogRecord get(long sequence) {
    return records.get(sequence);
  }
}
