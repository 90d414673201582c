package dev.camelsiem.delivery.log;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A file of the log, as readers need to know it. Thread-safe. */
final class Segment {
  private static final String SUFFIX = ".log";
  private static final int DIGITS = 20;
  private static final int MOST_KNOWN_DAMAGES = 10_000;

  private final Path path;
  private final long first;
  private final long base;
  private volatile long length;
  private final ConcurrentSkipListMap<Long, Long> damages = new ConcurrentSkipListMap<>();

  /**
   * @param base bytes of all segments before it
   * @param length bytes that hold records, with the header
   */
  Segment(Path path, long first, long base, long length) {
    this.path = path;
    this.first = first;
    this.base = base;
    this.length = length;
  }

  static String nameOf(long first) {
    String digits = Long.toString(first);
    return "0".repeat(DIGITS - digits.length()) + digits + SUFFIX;
  }

  /** The first sequence number that a file's name tells, or -1 when it is no segment's name. */
  static long firstOf(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.length() != DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value > 0 ? value : -1;
  }

  Path path() {
    return path;
  }

  long first() {
    return first;
  }

  long base() {
    return base;
  }

  long length() {
    return length;
  }

  void length(long bytes) {
    length = bytes;
  }

  /** Where reading goes on behind a damage that was found at an offset before, or null. */
  @Nullable Long behindDamage(long offset) {
    Map.Entry<Long, Long> known = damages.floorEntry(offset);
    return known != null && known.getValue() > offset ? known.getValue() : null;
  }

  /** Keeps a damage in mind, so that it is told and counted once. */
  void damaged(long from, long to) {
    if (damages.size() < MOST_KNOWN_DAMAGES) {
      damages.put(from, to);
    }
  }
}
