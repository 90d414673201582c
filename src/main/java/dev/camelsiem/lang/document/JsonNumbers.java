package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.Numbers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The values of JSON numbers. */
final class JsonNumbers {
  private JsonNumbers() {}

  /** A Long when it is an integer of 64 bits, else a decimal. */
  static Object value(byte[] bytes, int start, int end, boolean integer) {
    Long small = integer ? Numbers.decimal(bytes, start, end) : null;
    return small != null
        ? small
        : new BigDecimal(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
  }
}
