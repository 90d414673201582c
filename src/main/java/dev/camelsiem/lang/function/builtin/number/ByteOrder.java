package dev.camelsiem.lang.function.builtin.number;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.Numbers;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** Reversal of bytes. */
final class ByteOrder {
  private ByteOrder() {}

  static @Nullable Object flip(@Nullable Object value, int bits) {
    Object scalar = Convert.scalar(value);
    Long number = scalar instanceof Text text ? Numbers.whole(text) : Convert.number(scalar);
    if (number == null || (bits < 64 && (number < 0 || number >>> bits != 0))) {
      return null;
    }
    return Numbers.unsigned(Long.reverseBytes(number) >>> (64 - bits));
  }
}
