package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.Numbers;
import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The values of JSON numbers. */
final class JsonNumbers {
  /** So many characters never overflow 64 bits. */
  private static final int SAFE_LENGTH = 18;

  private JsonNumbers() {}

  /** An integer of 64 bits as text, without making its value; null when only that can tell. */
  static @Nullable Text digits(byte[] bytes, int start, int end) {
    boolean negativeZero = bytes[start] == '-' && bytes[start + 1] == '0';
    return negativeZero || end - start > SAFE_LENGTH ? null : Text.ofQuotable(bytes, start, end);
  }

  /** A Long when it is an integer of 64 bits, else a decimal. */
  static Object value(byte[] bytes, int start, int end, boolean integer) {
    Long small = integer ? Numbers.decimal(bytes, start, end) : null;
    return small != null
        ? small
        : new BigDecimal(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
  }
}
