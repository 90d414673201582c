package dev.camelsiem.flow.cef;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.time.DateTimeParser;
import java.util.Arrays;

/**
 * Reads the time of an event: ISO 8601 as rules read it (a missing zone is UTC, a second 60 is the
 * first of the next minute), epoch milliseconds or epoch seconds.
 *
 * <p>An instance is for one thread, and remembers the text that it read last: many events have the
 * same time as the one before.
 */
final class EventTime {
  /** No time could be read. */
  static final long UNREADABLE = DateTimeParser.NONE;

  /**
   * Numbers below are seconds, from here on milliseconds (1973 in milliseconds, 5138 in seconds).
   */
  private static final long LEAST_MILLIS = 100_000_000_000L;

  private static final int MOST_DIGITS = 16;

  /** The last moment of the year 9999: a header has room for no more. */
  private static final long LATEST = 253_402_300_799_999L;

  private final byte[] lastText = new byte[32];
  private int lastLength;
  private long lastMillis = UNREADABLE;

  /** As {@link #parse}. */
  long read(byte[] bytes, int from, int to) {
    if (to - from > lastText.length) {
      return parse(bytes, from, to);
    }
    if (!Arrays.equals(lastText, 0, lastLength, bytes, from, to)) {
      lastMillis = parse(bytes, from, to);
      lastLength = to - from;
      System.arraycopy(bytes, from, lastText, 0, lastLength);
    }
    return lastMillis;
  }

  static long parse(byte[] bytes, int from, int to) {
    boolean iso = to - from > 4 && bytes[from + 4] == '-';
    long millis = iso ? DateTimeParser.iso(bytes, from, to) : epoch(bytes, from, to);
    return isSendable(millis) ? millis : UNREADABLE;
  }

  /** Whether a line can say it: from 1970 to the end of the year 9999. */
  static boolean isSendable(long epochMillis) {
    return epochMillis >= 0 && epochMillis <= LATEST;
  }

  private static long epoch(byte[] bytes, int from, int to) {
    int end = Ascii.skipDigits(bytes, from, to);
    boolean fraction = end < to && bytes[end] == '.';
    int last = fraction ? Ascii.skipDigits(bytes, end + 1, to) : end;
    if (end == from || end - from > MOST_DIGITS || last != to || (fraction && last == end + 1)) {
      return UNREADABLE;
    }
    long number = Ascii.decimal(bytes, from, end);
    if (number >= LEAST_MILLIS) {
      return number;
    }
    long millis = number * 1000;
    for (int i = end + 1, weight = 100; i < to && weight > 0; i++, weight /= 10) {
      millis += (long) (bytes[i] - '0') * weight;
    }
    return millis;
  }
}
