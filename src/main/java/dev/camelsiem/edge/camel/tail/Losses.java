package dev.camelsiem.edge.camel.tail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What could not be read because it was gone: said, and counted. The counts may be read by any
 * thread.
 */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
  private static final int MOST_LINES_A_MINUTE = 100;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private long minute = System.nanoTime();
  private int lines;

  /** Files of which something was not read; one that is cut again counts again. */
  long files() {
    return files.get();
  }

  /** Bytes that are known not to have been read. */
  long bytes() {
    return bytes.get();
  }

  /**
   * Something was not read.
   *
   * @param what became of it, after the file's name
   * @param unread how many bytes at least
   */
  void add(TailedFile file, String what, long unread) {
    add(file.origin, what + " (read up to byte " + file.offset + ")", unread);
  }

  void add(Object name, String what, long unread) {
    long allFiles = files.incrementAndGet();
    long allBytes = bytes.addAndGet(unread);
    long now = System.nanoTime();
    if (now - minute > MINUTE) {
      minute = now;
      lines = 0;
    }
    if (lines++ < MOST_LINES_A_MINUTE) {
      LOG.warn(
          "{} {}: {} bytes of it were not read; {} bytes of {} files in all{}",
          name,
          what,
          unread > 0 ? unread : "an unknown number of",
          allBytes,
          allFiles,
          lines == MOST_LINES_A_MINUTE ? "; more of this minute is counted and not said" : "");
    }
  }

  /** Says once more how much it was, at the end. */
  void sum() {
    if (files() > 0) {
      LOG.warn("Not read since the start: {} bytes of {} files", bytes(), files());
    }
  }
}
