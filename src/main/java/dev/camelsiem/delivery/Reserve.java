package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.Cursor;
import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.delivery.log.LogBatch;
import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.delivery.log.Position;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A small log of one integration's own, for events that are kept while runtime events around them
 * are given up, so that the segments of the shared log can go.
 */
final class Reserve implements Closeable {
  private static final String READER = "sender";

  /** Marks a section whose one line is where its events stood in the shared log. */
  private static final long ORIGIN = EventId.source("place in the shared log");

  private static final List<Long> ONLY_ORIGIN = List.of(ORIGIN);

  private final EventLog log;
  private final Cursor cursor;
  private final AgeMarks ages;

  private Reserve(EventLog log, Cursor cursor) {
    this.log = log;
    this.cursor = cursor;
    this.ages = new AgeMarks(log.end().sequence());
  }

  /** Opens the reserve of a folder, new or as it was left. */
  static Reserve open(Path folder, LogSettings shared) throws IOException {
    LogSettings small =
        new LogSettings(shared.fsync(), shared.fsyncInterval(), 4L << 20, 0, shared.minFreeBytes());
    EventLog log = EventLog.open(folder, small);
    boolean open = false;
    try {
      Reserve reserve = new Reserve(log, log.cursor(READER));
      open = true;
      return reserve;
    } finally {
      if (!open) {
        log.close();
      }
    }
  }

  /**
   * Keeps lines, durably.
   *
   * @param sequence the number of the first event, in the shared log, of the chunk they are from
   */
  void keep(List<EncodedBatch> batches, long encodingKey, long sequence)
      throws IOException, InterruptedException {
    byte[] digits = Long.toString(sequence).getBytes(StandardCharsets.US_ASCII);
    EncodedBatch.Builder builder = new EncodedBatch.Builder(digits.length);
    builder.add(digits, 0, digits.length, null);
    EncodedBatch origin = builder.build();
    log.append(
        batches.stream()
            .map(lines -> new LogEntry(lines.size(), Map.of(encodingKey, lines, ORIGIN, origin)))
            .toList());
  }

  /**
   * Whether what is to be read here next stood before a place of the shared log, or does not say
   * where it stood.
   */
  boolean isOlderThan(Position place) throws IOException {
    LogBatch next = cursor.read(cursor.reading());
    EncodedBatch origin = next == null ? null : next.lines(ONLY_ORIGIN);
    return next != null && (origin == null || Long.parseLong(origin.get(0)) < place.sequence());
  }

  /** How long the oldest event has been kept aside, in nanoseconds. Used by one thread. */
  long age() throws IOException {
    ages.mark(log.end().sequence());
    return ages.ageOf(cursor);
  }

  Cursor cursor() {
    return cursor;
  }

  EventLog log() {
    return log;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
