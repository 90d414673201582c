package dev.camelsiem.lang.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.EvaluationLimits;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the matched text may stand for the value as text, both are the same. */
class PlainValueTest {
  @ParameterizedTest
  @CsvSource({
    "NUMBER, 0, true",
    "NUMBER, -42, true",
    "NUMBER, 10, true",
    "NUMBER, +5, false",
    "NUMBER, 007, false",
    "NUMBER, -0, false",
    "NUMBER, 00, false",
    "NUMBER, 123456789012345678901234567890, false",
    "WORD+, a b, true",
    "IPV4, 10.0.0.1, true",
    "IPV6, FE80::1, true",
    "MACADDR, aa:bb:cc:dd:ee:ff, false",
    "DATETIME, 2024-01-02 03:04:05, false",
    "DURATION, 1d 2h:3m:4s, false",
    "REST, x y, true"
  })
  void plainValues(String token, String text, boolean plain) {
    TextPattern pattern =
        Objects.requireNonNull(TextPattern.compile("{$x=" + token + "}", new Diagnostics()));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Match match = new Match();
    Budget budget = new Budget(EvaluationLimits.DEFAULT);
    assertThat(pattern.match(bytes, 0, bytes.length, match, budget)).isTrue();
    assertThat(match.isPlain(0)).isEqualTo(plain);
    if (plain) {
      assertThat(match.text(0)).isEqualTo(Convert.text(match.value(0)));
    }
  }
}
