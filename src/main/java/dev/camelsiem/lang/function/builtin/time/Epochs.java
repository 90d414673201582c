package dev.camelsiem.lang.function.builtin.time;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.Numbers;
import dev.camelsiem.text.Blanks;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts of time units since some day. */
final class Epochs {
  private static final long TICKS_PER_MILLI = 10_000;
  private static final long MILLIS_FROM_1601_TO_1970 = 11_644_473_600_000L;

  private Epochs() {}

  static @Nullable DateTime dateTime(@Nullable Object value, int millisPerUnit) {
    Object scalar = Convert.scalar(value);
    Object number = scalar instanceof Text text ? Numbers.fraction(text) : scalar;
    if (number instanceof Long units) {
      long limit = Long.MAX_VALUE / 1000;
      return units > limit || units < -limit ? null : utc(units * millisPerUnit);
    }
    if (number instanceof BigDecimal units && Numbers.isSmall(units)) {
      BigDecimal millis =
          units.multiply(BigDecimal.valueOf(millisPerUnit)).setScale(0, RoundingMode.DOWN);
      return Numbers.normal(millis) instanceof Long whole ? utc(whole) : null;
    }
    return null;
  }

  private static @Nullable DateTime utc(long millis) {
    return DateTime.inRange(millis) ? new DateTime(millis, 0) : null;
  }

  static @Nullable DateTime fromTicks(@Nullable Object value) {
    Object scalar = Convert.scalar(value);
    Long ticks =
        scalar instanceof Text text ? Numbers.whole(Blanks.trim(text)) : Convert.number(scalar);
    if (ticks == null) {
      return null;
    }
    long millis = ticks / TICKS_PER_MILLI - MILLIS_FROM_1601_TO_1970;
    return millis < 0 ? null : utc(millis);
  }

  static @Nullable Long toTicks(DateTime date) {
    long millis = date.epochMillis();
    return millis < 0 ? null : (Long) ((millis + MILLIS_FROM_1601_TO_1970) * TICKS_PER_MILLI);
  }

  static @Nullable Object number(
      Budget budget, @Nullable Object value, Function<DateTime, @Nullable Long> of) {
    DateTime date = Convert.dateTime(value, budget.receivedAt());
    return date == null ? null : of.apply(date);
  }
}
