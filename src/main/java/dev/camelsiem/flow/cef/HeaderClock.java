package dev.camelsiem.flow.cef;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * Writes times of syslog headers; events of the same second cost one copy. Not thread-safe.
 *
 * <p>RFC 3164 pads the day with a blank and names months in English whatever the locale.
 */
final class HeaderClock {
  private static final byte[] MONTHS = Ascii.bytes("JanFebMarAprMayJunJulAugSepOctNovDec");

  private final ZoneRules rules;
  private final boolean rfc5424;
  private final boolean fraction;
  private final byte[] text = new byte[29];
  private int length;
  private int millisAt;
  private long cachedSecond = Long.MIN_VALUE;
  private int cachedOffset;
  private long offsetHour = Long.MIN_VALUE;

  /**
   * @param fraction whether times of RFC 5424 have milliseconds
   */
  HeaderClock(ZoneId zone, boolean rfc5424, boolean fraction) {
    this.rules = zone.getRules();
    this.rfc5424 = rfc5424;
    this.fraction = rfc5424 && fraction;
  }

  /** Writes a time as {@code Feb 18 10:07:28} or {@code 2025-02-18T10:07:28.000Z}. */
  void write(ByteSink sink, long epochMillis) {
    long second = Math.floorDiv(epochMillis, 1000L);
    if (second != cachedSecond) {
      format(second);
      cachedSecond = second;
    }
    if (fraction) {
      digits(millisAt, (int) Math.floorMod(epochMillis, 1000L), 3);
    }
    sink.put(text, 0, length);
  }

  private void format(long second) {
    int offset = offset(second);
    long local = second + offset;
    int date = CivilDate.fromEpochDay(Math.floorDiv(local, 86_400L));
    int time = (int) Math.floorMod(local, 86_400L);
    if (rfc5424) {
      iso(date, time, offset);
    } else {
      bsd(date, time);
    }
  }

  private void bsd(int date, int time) {
    System.arraycopy(MONTHS, (date / 100 % 100 - 1) * 3, text, 0, 3);
    text[3] = ' ';
    int day = date % 100;
    text[4] = (byte) (day < 10 ? ' ' : '0' + day / 10);
    text[5] = (byte) ('0' + day % 10);
    text[6] = ' ';
    clock(7, time);
    length = 15;
  }

  private void iso(int date, int time, int offset) {
    digits(0, date / 10_000, 4);
    text[4] = '-';
    digits(5, date / 100 % 100, 2);
    text[7] = '-';
    digits(8, date % 100, 2);
    text[10] = 'T';
    clock(11, time);
    int at = 19;
    if (fraction) {
      text[at] = '.';
      millisAt = at + 1;
      at += 4;
    }
    if (offset == 0) {
      text[at] = 'Z';
      length = at + 1;
      return;
    }
    int minutes = Math.abs(offset) / 60;
    text[at] = (byte) (offset < 0 ? '-' : '+');
    digits(at + 1, minutes / 60, 2);
    text[at + 3] = ':';
    digits(at + 4, minutes % 60, 2);
    length = at + 6;
  }

  private void clock(int at, int time) {
    digits(at, time / 3600, 2);
    text[at + 2] = ':';
    digits(at + 3, time / 60 % 60, 2);
    text[at + 5] = ':';
    digits(at + 6, time % 60, 2);
  }

  private void digits(int at, int number, int count) {
    int rest = number;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Zones change their offset at whole quarters of an hour, so one look serves a quarter. */
  private int offset(long second) {
    long quarter = Math.floorDiv(second, 900L);
    if (quarter != offsetHour) {
      cachedOffset = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
      offsetHour = quarter;
    }
    return cachedOffset;
  }
}
