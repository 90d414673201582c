package dev.camelsiem.time;

import dev.camelsiem.text.Digits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * Writes points in time, one form in one zone; those of the same second cost no work but their
 * milliseconds. Not thread-safe.
 */
public final class TimeText {
  /** How a time is written. */
  public enum Form {
    /** {@code Feb 18 10:07:28}: the day padded with a blank, the month in English. */
    RFC3164,
    /** {@code 2025-02-18T10:07:28Z}. */
    SECONDS,
    /** {@code 2025-02-18T10:07:28.000Z}. */
    MILLIS
  }

  /** Room that any form needs. */
  static final int LONGEST = 29;

  private static final byte[] MONTHS =
      "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);

  /** Zones change their offset at whole quarters of an hour, so one look serves a quarter. */
  private static final long QUARTER = 900;

  private static final int FRACTION_AT = 20;

  private final ZoneRules rules;
  private final Form form;
  private final byte[] text = new byte[LONGEST];
  private int length;
  private long second = Long.MIN_VALUE;
  private long quarter = Long.MIN_VALUE;
  private int offset;

  public TimeText(ZoneId zone, Form form) {
    this.rules = zone.getRules();
    this.form = form;
  }

  /** The time that was said last, up to {@link #length}; good until the next is said. */
  public byte[] array() {
    return text;
  }

  public int length() {
    return length;
  }

  /** Says a time. */
  public void say(long epochMillis) {
    long wanted = Math.floorDiv(epochMillis, 1000L);
    if (wanted != second) {
      second = wanted;
      length = write(wanted);
    }
    if (form == Form.MILLIS) {
      Digits.put(text, FRACTION_AT, Math.floorMod(epochMillis, 1000L), 3);
    }
  }

  private int write(long epochSecond) {
    if (Math.floorDiv(epochSecond, QUARTER) != quarter) {
      quarter = Math.floorDiv(epochSecond, QUARTER);
      offset = rules.getOffset(Instant.ofEpochSecond(epochSecond)).getTotalSeconds();
    }
    return form == Form.RFC3164
        ? bsd(epochSecond + offset)
        : iso(text, 0, epochSecond * 1000, offset, form == Form.MILLIS);
  }

  private int bsd(long localSecond) {
    int date = Civil.date(Math.floorDiv(localSecond, Civil.DAY_SECONDS));
    System.arraycopy(MONTHS, (date / 100 % 100 - 1) * 3, text, 0, 3);
    text[3] = ' ';
    Digits.two(text, 4, date % 100);
    if (text[4] == '0') {
      text[4] = ' ';
    }
    text[6] = ' ';
    return clock(text, 7, (int) Math.floorMod(localSecond, Civil.DAY_SECONDS));
  }

  /**
   * Writes {@code yyyy-MM-ddTHH:mm:ss}, perhaps {@code .SSS}, and {@code Z} or {@code +hh:mm}.
   *
   * @param offset seconds east of UTC
   * @return where it ends, at most {@link #LONGEST} further
   */
  static int iso(byte[] target, int at, long epochMillis, int offset, boolean fraction) {
    long local = epochMillis + offset * 1000L;
    int date = Civil.date(Math.floorDiv(local, Civil.DAY_MILLIS));
    int millis = (int) Math.floorMod(local, Civil.DAY_MILLIS);
    Digits.put(target, at, date / 10_000, 4);
    target[at + 4] = '-';
    Digits.two(target, at + 5, date / 100 % 100);
    target[at + 7] = '-';
    Digits.two(target, at + 8, date % 100);
    target[at + 10] = 'T';
    int end = clock(target, at + 11, millis / 1000);
    if (fraction) {
      target[end] = '.';
      Digits.put(target, end + 1, millis % 1000, 3);
      end += 4;
    }
    return zone(target, end, offset);
  }

  private static int clock(byte[] target, int at, int secondOfDay) {
    Digits.two(target, at, secondOfDay / 3600);
    target[at + 2] = ':';
    Digits.two(target, at + 3, secondOfDay / 60 % 60);
    target[at + 5] = ':';
    Digits.two(target, at + 6, secondOfDay % 60);
    return at + 8;
  }

  private static int zone(byte[] target, int at, int offset) {
    if (offset == 0) {
      target[at] = 'Z';
      return at + 1;
    }
    int minutes = Math.abs(offset) / 60;
    target[at] = (byte) (offset < 0 ? '-' : '+');
    Digits.two(target, at + 1, minutes / 60);
    target[at + 3] = ':';
    Digits.two(target, at + 4, minutes % 60);
    return at + 6;
  }
}
