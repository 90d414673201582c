package dev.camelsiem.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as ranges, whatever the order that they come in. */
class LetterNumbersTest {
  @Test
  void isTheSetThatItWasGiven() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      LetterNumbers numbers = new LetterNumbers();
      Set<Long> wanted = new HashSet<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        long number = 1L + random.nextInt(150);
        numbers.add(number);
        wanted.add(number);
      }
      StringBuilder text = new StringBuilder();
      numbers.appendTo(text);
      LetterNumbers read = new LetterNumbers();
      text.toString().lines().forEach(read::add);
      for (LetterNumbers each : new LetterNumbers[] {numbers, read}) {
        assertThat(each.count()).isEqualTo(wanted.size());
        for (long n = 0; n <= 152; n++) {
          assertThat(each.contains(n)).isEqualTo(wanted.contains(n));
        }
      }
    }
  }

  @Test
  void sideBySideIsOneRange() {
    LetterNumbers numbers = new LetterNumbers();
    for (long n = 5; n < 1_000_005; n++) {
      numbers.add(n);
    }
    StringBuilder text = new StringBuilder();
    numbers.appendTo(text);
    assertThat(text).hasToString("5..1000004\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "5..", "..5", "6..5", "0", "-3", "1..2..3", "5.6"})
  void saysWhatIsNoRange(String text) {
    LetterNumbers numbers = new LetterNumbers();
    assertThatThrownBy(() -> numbers.add(text)).isInstanceOf(IllegalArgumentException.class);
    assertThat(numbers.count()).isZero();
  }
}
