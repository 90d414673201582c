package dev.camelsiem.time;

import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;

/**
 * A DateTime value: an instant, and the offset from UTC that the text named, which the output form
 * keeps.
 *
 * @param epochMillis milliseconds since 1970-01-01 UTC
 * @param offsetSeconds seconds east of UTC
 */
public record DateTime(long epochMillis, int offsetSeconds) {
  /** The second day of year 1, so that the local date has four digits at every offset. */
  static final long EARLIEST = -62_135_596_800_000L + Civil.DAY_MILLIS;

  /** The last but one day of year 9999. */
  static final long LATEST = 253_402_300_799_999L - Civil.DAY_MILLIS;

  /** True when an instant has a year of four digits; others are not made. */
  public static boolean inRange(long epochMillis) {
    return epochMillis >= EARLIEST && epochMillis <= LATEST;
  }

  /** The output form: {@code yyyy-MM-ddTHH:mm:ss.SSS} and {@code Z} or {@code +hh:mm}. */
  public Text text() {
    ByteOutput out = new ByteOutput(30);
    write(out);
    return out.toText();
  }

  /** Appends the output form. */
  public void write(ByteOutput out) {
    byte[] target = out.room(TimeText.LONGEST);
    out.end(TimeText.iso(target, out.length(), epochMillis, offsetSeconds, true));
  }

  @Override
  public String toString() {
    return text().toString();
  }
}
