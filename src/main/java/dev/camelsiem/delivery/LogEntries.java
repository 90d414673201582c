package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.flow.event.EncodedBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts batches into records that readers can take one at a time. */
public final class LogEntries {
  private static final int MOST_EVENTS = 500;
  private static final int MOST_BYTES = 1 << 20;

  private LogEntries() {}

  /**
   * The records of one batch: at most 500 events and, but for single larger ones, 1 MiB each.
   *
   * @param keys the encoding of each batch
   * @param batches the same events, but for those that an encoding has refused
   */
  public static List<LogEntry> of(List<Long> keys, List<EncodedBatch> batches) {
    int size = batches.stream().mapToInt(EncodedBatch::size).max().orElse(0);
    List<LogEntry> entries = new ArrayList<>(size / MOST_EVENTS + 1);
    int from = 0;
    while (from < size) {
      int to = from;
      for (EncodedBatch batch : batches) {
        to = Math.max(to, end(batch, from));
      }
      Map<Long, EncodedBatch> lines = new HashMap<>();
      for (int i = 0; i < batches.size(); i++) {
        lines.put(keys.get(i), part(batches.get(i), from, to)); // also none: all were refused
      }
      entries.add(new LogEntry(to - from, lines));
      from = to;
    }
    return entries;
  }

  /** Where a record that begins here ends, for one batch; at least one event further on. */
  private static int end(EncodedBatch batch, int from) {
    int most = Math.min(batch.size(), from + MOST_EVENTS);
    int to = Math.min(batch.size(), from + 1);
    while (to < most && batch.end(to) - batch.start(from) <= MOST_BYTES) {
      to++;
    }
    return to;
  }

  private static EncodedBatch part(EncodedBatch batch, int from, int to) {
    int begin = Math.min(from, batch.size());
    return batch.slice(begin, Math.min(to, batch.size()));
  }
}
