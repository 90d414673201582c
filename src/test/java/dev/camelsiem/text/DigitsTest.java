package dev.camelsiem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 2_147_483_646L, 2_147_483_647L, 2_147_483_648L, Long.MAX_VALUE})
  void writesNumbers(long number) {
    demandText(number);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
  void writesNumbersAtEachPowerOfTen(int power) {
    long number = Long.parseLong("1" + "0".repeat(power));
    demandText(number - 1);
    demandText(number);
    demandText(number + 1);
  }

  private static void demandText(long number) {
    String text = Long.toString(number);
    assertThat(Digits.count(number)).isEqualTo(text.length());
    byte[] target = new byte[25];
    Digits.put(target, 2, number, 22);
    assertThat(new String(target, 2, 22, StandardCharsets.US_ASCII))
        .isEqualTo("0".repeat(22 - text.length()) + text);
    assertThat(target).startsWith(0, 0).endsWith(0);
  }
}
