package dev.camelsiem.delivery.log;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Log entries for tests, and what comes back. */
final class Entries {
  static final long KEY = 7;
  static final LogSettings SMALL =
      new LogSettings(LogSettings.Fsync.BATCH, Duration.ofMillis(50), 4096, 64 << 10, 0);

  private Entries() {}

  /** A settings variant whose readers get everything from the disk. */
  static LogSettings uncached(long segmentBytes) {
    return new LogSettings(LogSettings.Fsync.BATCH, Duration.ofMillis(50), segmentBytes, 0, 0);
  }

  static EncodedBatch lines(String... lines) {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(64);
    int number = 0;
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, builder.room(bytes.length), builder.position(), bytes.length);
      builder.endEvent(
          builder.position() + bytes.length,
          new EventFacts("PM-001", "PM", 3, null, null, null),
          new EventId(99, number++, 0));
    }
    return builder.build();
  }

  static LogEntry entry(String... lines) {
    return new LogEntry(lines.length, Map.of(KEY, lines(lines)));
  }

  static void append(EventLog log, String... lines) throws IOException, InterruptedException {
    log.append(List.of(entry(lines)));
  }

  static List<String> texts(LogBatch batch) {
    EncodedBatch lines = batch.lines(List.of(KEY));
    return lines == null ? List.of() : new ArrayList<>(lines);
  }

  /** All that a cursor gives now. */
  static List<String> drain(Cursor cursor) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    LogBatch batch = cursor.next(Duration.ZERO);
    while (batch != null) {
      all.addAll(texts(batch));
      batch = cursor.next(Duration.ZERO);
    }
    return all;
  }

  /** Reads and commits all. */
  static List<String> consume(Cursor cursor) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    LogBatch batch = cursor.next(Duration.ZERO);
    while (batch != null) {
      all.addAll(texts(batch));
      cursor.commit(batch.end());
      batch = cursor.next(Duration.ZERO);
    }
    return all;
  }
}
