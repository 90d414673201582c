package dev.camelsiem.lang.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NumbersTest {
  @Property(tries = 5000)
  void decimalsOfAnyLengthAtAnyPlaceAreRead(
      @ForAll long value, @ForAll @IntRange(min = 1, max = 20) int length, @ForAll boolean zeros) {
    String digits = String.valueOf(value);
    if (zeros) {
      digits = digits.startsWith("-") ? "-000" + digits.substring(1) : "000" + digits;
    }
    digits = digits.substring(0, Math.min(length, digits.length()));
    if (digits.equals("-")) {
      return;
    }
    BigInteger expected = new BigInteger(digits);
    for (String before : new String[] {"", "x", "123456789"}) {
      byte[] bytes = (before + digits + "99").getBytes(StandardCharsets.US_ASCII);
      int from = before.length();
      assertThat(Numbers.decimal(bytes, from, from + digits.length()))
          .as(before + digits)
          .isEqualTo(expected.bitLength() < 64 ? expected.longValue() : null);
    }
  }
}
