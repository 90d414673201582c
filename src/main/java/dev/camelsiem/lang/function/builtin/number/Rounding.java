package dev.camelsiem.lang.function.builtin.number;

import dev.camelsiem.lang.value.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Signs and whole numbers. */
final class Rounding {
  private Rounding() {}

  static @Nullable Object abs(@Nullable Object value) {
    BigDecimal number = decimal(value);
    return number == null ? null : Numbers.normal(number.abs());
  }

  static @Nullable Object round(@Nullable Object value, RoundingMode mode) {
    BigDecimal number = decimal(value);
    return number == null ? null : Numbers.normal(number.setScale(0, mode));
  }

  static @Nullable Object sign(@Nullable Object value) {
    BigDecimal number = decimal(value);
    return number == null ? null : (Object) (long) number.signum();
  }

  private static @Nullable BigDecimal decimal(@Nullable Object value) {
    Object number = NumberTexts.fraction(value);
    BigDecimal decimal = number == null ? null : Numbers.decimal(number);
    return decimal != null && Numbers.isSmall(decimal) ? decimal : null;
  }
}
