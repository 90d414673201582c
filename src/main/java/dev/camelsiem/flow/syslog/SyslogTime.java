package dev.camelsiem.flow.syslog;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Reads the dates of syslog headers: {@code Nov 22 04:30:00} with and without year, zone and
 * fraction, and ISO 8601.
 *
 * <p>After a successful read {@link #end()} and {@link #millis()} say what was found. Not
 * thread-safe.
 */
final class SyslogTime {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final long DAY_MILLIS = 86_400_000L;
  private static final int NO_YEAR = -1;

  /** Zone rules change on these steps of local time, so one look-up serves a whole step. */
  private static final long ZONE_STEP_SECONDS = 900;

  private static final int CACHED = 16;
  private static final int MOST_OFFSET_SECONDS = 18 * 3600;

  private final ZoneId zone;
  private final boolean fixed;
  private final long[] cachedSteps = new long[CACHED];
  private final int[] cachedOffsets = new int[CACHED];

  private byte[] bytes = {};
  private int at;
  private int to;
  private long millis;

  private int year;
  private int month;
  private int day;
  private int secondOfDay;
  private int milliOfSecond;
  private boolean utc;

  /**
   * @param zone the zone of dates that name none
   */
  SyslogTime(ZoneId zone) {
    this.zone = zone;
    this.fixed = zone.normalized() instanceof ZoneOffset;
    Arrays.fill(cachedSteps, Long.MIN_VALUE);
  }

  /** Where the date ended, excluded. */
  int end() {
    return at;
  }

  /** The point in time, epoch milliseconds. */
  long millis() {
    return millis;
  }

  /**
   * Reads {@code Mmm dd [yyyy] hh:mm:ss[.fraction] [yyyy] [zone]}; a missing year is the latest
   * that does not put the date over a day into the future.
   */
  boolean readBsd(byte[] source, int from, int end, long now) {
    begin(source, from, end);
    if (!month() || !blanks(2) || !day() || !blanks(2)) {
      return false;
    }
    year = NO_YEAR;
    int mark = at;
    if (number(4) < 0 || !blanks(1)) {
      at = mark;
    } else {
      year = digits(mark, 4);
    }
    if (!clock()) {
      return false;
    }
    trailingYear();
    trailingZone();
    return finishBsd(now);
  }

  /** Reads {@code yyyy-mm-ddThh:mm:ss[.fraction][Z|+hh:mm|+hhmm]}. */
  boolean readIso(byte[] source, int from, int end) {
    begin(source, from, end);
    year = number(4);
    if (year < 0 || !skip('-')) {
      return false;
    }
    month = number(2) - 1;
    if (month < 0 || month > 11 || !skip('-')) {
      return false;
    }
    day = number(2);
    if (day < 1 || day > daysOf(year, month) || !(skip('T') || skip('t'))) {
      return false;
    }
    if (!clock()) {
      return false;
    }
    long local = localSeconds(year);
    millis = toMillis(local, isoOffset(local));
    return true;
  }

  private void begin(byte[] source, int from, int end) {
    bytes = source;
    at = from;
    to = end;
    utc = false;
  }

  private boolean finishBsd(long now) {
    if (year == NO_YEAR) {
      return inferYear(now + DAY_MILLIS);
    }
    if (day > daysOf(year, month)) {
      return false;
    }
    millis = ofYear(year);
    return true;
  }

  /** The latest year whose date is not after the limit; 29 February may be eight years back. */
  private boolean inferYear(long limit) {
    int candidate = civilYear(Math.floorDiv(limit, DAY_MILLIS)) + 1;
    for (int i = 0; i < 10; i++, candidate--) {
      boolean possible =
          day <= daysOf(candidate, month)
              && (localSeconds(candidate) - MOST_OFFSET_SECONDS) * 1000 <= limit;
      if (possible) {
        millis = ofYear(candidate);
        if (millis <= limit) {
          return true;
        }
      }
    }
    return false;
  }

  private long ofYear(int ofYear) {
    long local = localSeconds(ofYear);
    return toMillis(local, zoneOffset(local));
  }

  private long toMillis(long localSeconds, int offset) {
    return (localSeconds - offset) * 1000 + milliOfSecond;
  }

  private long localSeconds(int ofYear) {
    return epochDay(ofYear, month, day) * 86_400L + secondOfDay;
  }

  // --- the pieces of a date -------------------------------------------------------------------

  private boolean month() {
    if (to - at < 3) {
      return false;
    }
    for (int m = 0; m < 12; m++) {
      if (letter(at) == MONTHS.charAt(3 * m)
          && letter(at + 1) == MONTHS.charAt(3 * m + 1)
          && letter(at + 2) == MONTHS.charAt(3 * m + 2)) {
        month = m;
        at += 3;
        return true;
      }
    }
    return false;
  }

  private boolean day() {
    int first = digit(at);
    if (first < 0) {
      return false;
    }
    int second = digit(at + 1);
    day = second < 0 ? first : first * 10 + second;
    at += second < 0 ? 1 : 2;
    return day >= 1 && day <= DAYS[month];
  }

  private boolean clock() {
    int hour = number(2);
    if (hour < 0 || hour > 23 || !skip(':')) {
      return false;
    }
    int minute = number(2);
    if (minute < 0 || minute > 59 || !skip(':')) {
      return false;
    }
    int second = number(2);
    if (second < 0 || second > 60) {
      return false;
    }
    secondOfDay = hour * 3600 + minute * 60 + second;
    fraction();
    return true;
  }

  private void fraction() {
    milliOfSecond = 0;
    if (at + 1 >= to || (bytes[at] != '.' && bytes[at] != ',') || digit(at + 1) < 0) {
      return;
    }
    at++;
    int weight = 100;
    while (digit(at) >= 0) {
      milliOfSecond += digit(at) * weight;
      weight /= 10;
      at++;
    }
  }

  /** Some senders write the year last: {@code Nov 22 04:30:00 2026 host}. */
  private void trailingYear() {
    int mark = at;
    if (year == NO_YEAR && skip(' ') && number(4) >= 0) {
      int found = digits(mark + 1, 4);
      boolean colon = at < to && bytes[at] == ':' && (at + 1 == to || bytes[at + 1] == ' ');
      boolean ends = at == to || bytes[at] == ' ' || colon;
      if (ends && found >= 1970 && found < 2200) {
        year = found;
        return;
      }
    }
    at = mark;
  }

  /**
   * {@code UTC} and {@code GMT}; other abbreviations mean too many things, so they are only skipped
   * where Cisco writes them, as in {@code MSK: %SYS}.
   */
  private void trailingZone() {
    int i = at + 1;
    while (i < to && i - at <= 5 && bytes[i] >= 'A' && bytes[i] <= 'Z') {
      i++;
    }
    if (at >= to || bytes[at] != ' ' || i - at < 3 || i >= to) {
      return;
    }
    boolean universal = i - at == 4 && (isWord("UTC") || isWord("GMT"));
    boolean cisco = i + 2 < to && bytes[i] == ':' && bytes[i + 1] == ' ' && bytes[i + 2] == '%';
    if (cisco || (universal && bytes[i] == ' ')) {
      utc = universal;
      at = i;
    }
  }

  private boolean isWord(String ascii) {
    return bytes[at + 1] == ascii.charAt(0)
        && bytes[at + 2] == ascii.charAt(1)
        && bytes[at + 3] == ascii.charAt(2);
  }

  private int isoOffset(long localSeconds) {
    if (skip('Z') || skip('z')) {
      return 0;
    }
    int mark = at;
    int sign = skip('+') ? 1 : skip('-') ? -1 : 0;
    if (sign != 0) {
      int hours = number(2);
      skip(':');
      int minutes = number(2);
      if (hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60) {
        return sign * (hours * 3600 + minutes * 60);
      }
      at = mark;
    }
    return zoneOffset(localSeconds);
  }

  private int zoneOffset(long localSeconds) {
    if (utc) {
      return 0;
    }
    long step = fixed ? 0 : Math.floorDiv(localSeconds, ZONE_STEP_SECONDS);
    int slot = (int) (step & (CACHED - 1));
    if (step != cachedSteps[slot]) {
      cachedOffsets[slot] =
          LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC)
              .atZone(zone)
              .getOffset()
              .getTotalSeconds();
      cachedSteps[slot] = step;
    }
    return cachedOffsets[slot];
  }

  // --- characters -----------------------------------------------------------------------------

  private boolean skip(char c) {
    if (at < to && bytes[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean blanks(int most) {
    int start = at;
    while (at < to && at - start < most && bytes[at] == ' ') {
      at++;
    }
    return at > start;
  }

  /** Exactly so many digits, or -1. */
  private int number(int width) {
    int value = digits(at, width);
    if (value >= 0) {
      at += width;
    }
    return value;
  }

  private int digits(int from, int width) {
    int value = 0;
    for (int i = from; i < from + width; i++) {
      int digit = digit(i);
      if (digit < 0) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private int digit(int index) {
    return index < to && bytes[index] >= '0' && bytes[index] <= '9' ? bytes[index] - '0' : -1;
  }

  private int letter(int index) {
    return bytes[index] | 0x20;
  }

  // --- calendar, after Howard Hinnant's "chrono-compatible low-level date algorithms" ----------

  private static int daysOf(int year, int month) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 1 && !leap ? 28 : DAYS[month];
  }

  private static long epochDay(int year, int month, int day) {
    int y = month <= 1 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int civilYear(long epochDay) {
    long shifted = epochDay + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    long dayOfEra = shifted - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shiftedMonth = (5 * dayOfYear + 2) / 153;
    return (int) (yearOfEra + era * 400 + (shiftedMonth >= 10 ? 1 : 0));
  }
}
