package dev.camelsiem.delivery.log;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one append, which waits until they are synced. */
final class Ticket {
  private final List<LogRecord> records;
  private volatile boolean settled;
  private volatile @Nullable IOException failure;

  Ticket(List<LogRecord> records) {
    this.records = List.copyOf(records);
  }

  List<LogRecord> records() {
    return records;
  }

  /** Behind its last record. */
  Position end() {
    return records.get(records.size() - 1).end();
  }

  /** Whether readers see it, or never will. */
  boolean isSettled() {
    return settled;
  }

  void succeed() {
    settled = true;
  }

  void fail(IOException why) {
    failure = why;
    settled = true;
  }

  /** Throws what it has failed with. */
  void check() throws IOException {
    IOException why = failure;
    if (why != null || !settled) {
      throw new IOException(
          "the log could not be synced: " + (why == null ? "no sync" : why.getMessage()), why);
    }
  }
}
