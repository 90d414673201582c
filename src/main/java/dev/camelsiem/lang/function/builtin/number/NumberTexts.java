package dev.camelsiem.lang.function.builtin.number;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.Numbers;
import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers out of texts: of other bases, and fractions. */
final class NumberTexts {
  private NumberTexts() {}

  static @Nullable Object parse(@Nullable Object value, int base) {
    if (value instanceof Long || value instanceof BigDecimal) {
      return value;
    }
    return Convert.scalar(value) instanceof Text text ? Numbers.parse(text, base) : null;
  }

  static @Nullable Object fraction(@Nullable Object value) {
    if (value instanceof Long || value instanceof BigDecimal) {
      return value;
    }
    return Convert.scalar(value) instanceof Text text ? Numbers.fraction(text) : null;
  }
}
