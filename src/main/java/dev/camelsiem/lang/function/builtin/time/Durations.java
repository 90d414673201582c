package dev.camelsiem.lang.function.builtin.time;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.Numbers;
import dev.camelsiem.text.Blanks;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** Durations written as {@code 1d 02h:03m:04s}. */
final class Durations {
  private static final String UNITS = "dhms";
  private static final long[] SECONDS = {86_400, 3600, 60, 1};

  private Durations() {}

  static @Nullable Long seconds(@Nullable Object value) {
    if (!(Convert.scalar(value) instanceof Text text)) {
      return null;
    }
    Text duration = Blanks.trim(text);
    return duration.isEmpty() ? null : sum(duration.array(), duration.from(), duration.to());
  }

  private static @Nullable Long sum(byte[] bytes, int from, int to) {
    int lastUnit = -1;
    long sum = 0;
    for (int at = from; at < to; ) {
      int end = Numbers.endOfDecimal(bytes, at, to);
      Long number = Numbers.decimal(bytes, at, end);
      int unit = end < to ? UNITS.indexOf(bytes[end]) : -1;
      if (number == null || number < 0 || number > Integer.MAX_VALUE || unit <= lastUnit) {
        return null;
      }
      sum += number * SECONDS[unit];
      lastUnit = unit;
      at = end + 1;
      while (at < to && (bytes[at] == ' ' || bytes[at] == ':')) {
        at++;
      }
    }
    return sum;
  }
}
