package dev.camelsiem.delivery.log;

import java.io.IOException;

/** When the record at a place was appended; remembers the last answer. Thread-safe. */
final class OldestRecord {
  private final LogState log;
  private long sequence;
  private long appendedAt;

  OldestRecord(LogState log) {
    this.log = log;
  }

  /** Epoch milliseconds; 0 when nothing stands there any more. */
  synchronized long appendedAt(Position place) throws IOException {
    if (sequence != place.sequence()) {
      LogRecord batch = log.readBeside(place);
      sequence = place.sequence();
      appendedAt = batch == null ? 0 : batch.appendedAt();
    }
    return appendedAt;
  }
}
