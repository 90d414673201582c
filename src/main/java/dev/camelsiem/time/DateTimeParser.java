package dev.camelsiem.time;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Blanks;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates from bytes, without strings or regular expressions (xp 6.7).
 *
 * <p>An instance is the scratch paper of one thread. The formats are those of {@link DateForms}. A
 * text without zone is UTC. A text without year gets the latest year that doesn't put it into the
 * future, seen from when the event was received, with a day of tolerance.
 */
public final class DateTimeParser {
  /** How far clocks may be ahead of ours before a date without year is taken for last year's. */
  static final long TOLERANCE_MILLIS = Civil.DAY_MILLIS;

  /** {@link #iso} when there is no time. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int LONGEST = 64;
  private static final byte[] NOTHING = {};

  /** Any date without a year comes again at the earliest after so long. */
  private static final long SHORTEST_YEAR = 365 * Civil.DAY_MILLIS;

  private final DateForms forms = new DateForms();
  private long epochMillis;

  /** The bytes of what was read last, when nothing behind them could make it longer. */
  private byte[] last = NOTHING;

  private int lastLength;

  /** The date that the whole text is, white space around it aside; null when it is none. */
  public static @Nullable DateTime parse(Text text, long receivedAt) {
    Text date = Blanks.trim(text);
    if (date.length() < 6) {
      return null;
    }
    DateTimeParser parser = new DateTimeParser();
    return parser.isWhole(date.array(), date.from(), date.to(), DateStyle.WHOLE, receivedAt)
        ? parser.value()
        : null;
  }

  /** The time in milliseconds that all of these bytes are in ISO 8601, or {@link #NONE}. */
  public static long iso(byte[] bytes, int from, int to) {
    DateTimeParser parser = new DateTimeParser();
    return parser.isWhole(bytes, from, to, DateStyle.ISO, 0) ? parser.epochMillis : NONE;
  }

  private boolean isWhole(byte[] bytes, int from, int to, DateStyle style, long receivedAt) {
    return to - from <= LONGEST && forms.read(bytes, from, to, style) == to && finish(receivedAt);
  }

  /**
   * Reads the longest date that begins at {@code from}. Texts of one second have the same one: it
   * is read once.
   *
   * @return where it ends, or -1 when there is none; then {@link #value} has no meaning
   */
  public int prefix(byte[] bytes, int from, int to, long receivedAt) {
    int limit = Math.min(to, from + LONGEST);
    int known = from + lastLength;
    if (lastLength > 0
        && endsBeforeWord(bytes, known, limit)
        && Arrays.equals(last, 0, lastLength, bytes, from, known)
        && isYearKnown(receivedAt)) {
      return known;
    }
    int end = prefix(bytes, from, to, DateStyle.WITHIN, receivedAt);
    if (end >= 0 && endsBeforeWord(bytes, end, limit)) {
      if (last.length == 0) {
        last = new byte[LONGEST];
      }
      lastLength = end - from;
      System.arraycopy(bytes, from, last, 0, lastLength);
    }
    return end;
  }

  /**
   * True when a blank and a word follow that no date goes on with, whatever it is: neither a year,
   * a time or an offset, nor AM or PM.
   */
  private static boolean endsBeforeWord(byte[] bytes, int end, int limit) {
    return end + 2 < limit
        && bytes[end] == ' '
        && Ascii.isLetter(bytes[end + 1])
        && (bytes[end + 2] | 0x20) != 'm';
  }

  /** Without a year it is the latest that isn't in the future. */
  private boolean isYearKnown(long receivedAt) {
    long latest = receivedAt + TOLERANCE_MILLIS;
    return forms.year >= 0 || (epochMillis <= latest && latest - epochMillis < SHORTEST_YEAR);
  }

  /**
   * The same for the date of a syslog header.
   *
   * @param sure whether it is known that a header stands there
   */
  public int header(byte[] bytes, int from, int to, boolean sure, long receivedAt) {
    return prefix(bytes, from, to, sure ? DateStyle.SURE_HEADER : DateStyle.HEADER, receivedAt);
  }

  private int prefix(byte[] bytes, int from, int to, DateStyle style, long receivedAt) {
    lastLength = 0;
    int end = forms.read(bytes, from, Math.min(to, from + LONGEST), style);
    return end >= 0 && finish(receivedAt) ? end : -1;
  }

  /** What was read last. */
  public DateTime value() {
    return new DateTime(epochMillis, forms.offsetSeconds);
  }

  private boolean finish(long receivedAt) {
    if (forms.year >= 0) {
      return Civil.daysInMonth(forms.year, forms.month) >= forms.day && at(forms.year);
    }
    long latest = receivedAt + TOLERANCE_MILLIS;
    int year = Civil.date(Math.floorDiv(latest, Civil.DAY_MILLIS)) / 10_000;
    for (int y = year + 1; y >= year - 8; y--) {
      if (Civil.daysInMonth(y, forms.month) >= forms.day && at(y) && epochMillis <= latest) {
        return true;
      }
    }
    return false;
  }

  private boolean at(int year) {
    long days = Civil.days(year, forms.month, forms.day);
    epochMillis = days * Civil.DAY_MILLIS + forms.millisOfDay - forms.offsetSeconds * 1000L;
    return DateTime.inRange(epochMillis);
  }
}
