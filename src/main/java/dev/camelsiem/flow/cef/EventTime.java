package dev.camelsiem.flow.cef;

/**
 * Reads the time of an event: ISO 8601 (a missing zone is UTC), epoch milliseconds or epoch
 * seconds.
 */
final class EventTime {
  /** No time could be read. */
  static final long UNREADABLE = Long.MIN_VALUE;

  /**
   * Numbers below are seconds, from here on milliseconds (1973 in milliseconds, 5138 in seconds).
   */
  private static final long LEAST_MILLIS = 100_000_000_000L;

  /** The last moment of the year 9999: a header has room for no more. */
  private static final long LATEST = 253_402_300_799_999L;

  private EventTime() {}

  static long parse(byte[] bytes, int from, int to) {
    if (from == to) {
      return UNREADABLE;
    }
    long millis =
        to - from > 4 && bytes[from + 4] == '-' ? iso(bytes, from, to) : epoch(bytes, from, to);
    return isSendable(millis) ? millis : UNREADABLE;
  }

  /** Whether a line can say it: from 1970 to the end of the year 9999. */
  static boolean isSendable(long epochMillis) {
    return epochMillis >= 0 && epochMillis <= LATEST;
  }

  private static long epoch(byte[] bytes, int from, int to) {
    long number = 0;
    int i = from;
    for (; i < to && Ascii.isDigit(bytes[i]); i++) {
      if (i - from > 15) {
        return UNREADABLE;
      }
      number = number * 10 + bytes[i] - '0';
    }
    if (i == from) {
      return UNREADABLE;
    }
    boolean seconds = number < LEAST_MILLIS;
    if (i == to) {
      return seconds ? number * 1000 : number;
    }
    int fraction = i < to && bytes[i] == '.' ? fraction(bytes, i + 1, to) : -1;
    return fraction < 0 || skipDigits(bytes, i + 1, to) != to
        ? UNREADABLE
        : seconds ? number * 1000 + fraction : number;
  }

  private static long iso(byte[] bytes, int from, int to) {
    if (to - from < 16
        || bytes[from + 7] != '-'
        || (bytes[from + 10] | 0x20) != 't' && bytes[from + 10] != ' '
        || bytes[from + 13] != ':') {
      return UNREADABLE;
    }
    int year = number(bytes, from, 4);
    int month = number(bytes, from + 5, 2);
    int day = number(bytes, from + 8, 2);
    int hour = number(bytes, from + 11, 2);
    int minute = number(bytes, from + 14, 2);
    int i = from + 16;
    int second = 0;
    int millis = 0;
    if (i < to && bytes[i] == ':') {
      second = i + 3 <= to ? number(bytes, i + 1, 2) : -1;
      i += 3;
      if (i < to && (bytes[i] == '.' || bytes[i] == ',')) {
        millis = fraction(bytes, i + 1, to);
        i = skipDigits(bytes, i + 1, to);
      }
    }
    int offset = offset(bytes, i, to);
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || year < 0) {
      return UNREADABLE;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return UNREADABLE;
    }
    if (millis < 0 || offset == Integer.MIN_VALUE) {
      return UNREADABLE;
    }
    long seconds = CivilDate.toEpochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L;
    return (seconds + Math.min(second, 59) - offset) * 1000 + millis;
  }

  /** Seconds east of UTC of {@code Z}, {@code +hh}, {@code +hhmm}, {@code +hh:mm} or nothing. */
  private static int offset(byte[] bytes, int from, int to) {
    if (from == to || (to - from == 1 && (bytes[from] | 0x20) == 'z')) {
      return 0;
    }
    if (from > to || bytes[from] != '+' && bytes[from] != '-') {
      return Integer.MIN_VALUE;
    }
    int length = to - from;
    boolean colon = length == 6 && bytes[from + 3] == ':';
    if (length != 3 && length != 5 && !colon) {
      return Integer.MIN_VALUE;
    }
    int hours = number(bytes, from + 1, 2);
    int minutes = length == 3 ? 0 : number(bytes, to - 2, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return bytes[from] == '-' ? -seconds : seconds;
  }

  /** Milliseconds of a fraction of one or more digits; -1 when there is none. */
  private static int fraction(byte[] bytes, int from, int to) {
    int end = skipDigits(bytes, from, to);
    int millis = 0;
    for (int i = 0; i < 3; i++) {
      millis = millis * 10 + (from + i < end ? bytes[from + i] - '0' : 0);
    }
    return end == from ? -1 : millis;
  }

  private static int skipDigits(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && Ascii.isDigit(bytes[i])) {
      i++;
    }
    return i;
  }

  private static int number(byte[] bytes, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      if (!Ascii.isDigit(bytes[i])) {
        return -1;
      }
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  private static int daysIn(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
}
