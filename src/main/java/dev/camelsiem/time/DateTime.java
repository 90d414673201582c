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
    long local = epochMillis + offsetSeconds * 1000L;
    Civil.writeDate(out, Math.floorDiv(local, Civil.DAY_MILLIS));
    int millis = (int) Math.floorMod(local, Civil.DAY_MILLIS);
    out.put('T');
    out.putPadded(millis / 3_600_000, 2);
    out.put(':');
    out.putPadded(millis / 60_000 % 60, 2);
    out.put(':');
    out.putPadded(millis / 1000 % 60, 2);
    out.put('.');
    out.putPadded(millis % 1000, 3);
    writeOffset(out);
  }

  private void writeOffset(ByteOutput out) {
    if (offsetSeconds == 0) {
      out.put('Z');
      return;
    }
    int minutes = Math.abs(offsetSeconds) / 60;
    out.put(offsetSeconds < 0 ? '-' : '+');
    out.putPadded(minutes / 60, 2);
    out.put(':');
    out.putPadded(minutes % 60, 2);
  }

  @Override
  public String toString() {
    return text().toString();
  }
}
