package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The points in time by which letters are chosen. */
class LetterTimeTest {
  private final LetterSelection.Time time = new LetterSelection.Time();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-27T00:00:00Z",
        "2026-11-27",
        " 2026-11-27 ",
        "2026-11-27 03:00 +03:00",
        "2026-11-27T00:00:00.000Z"
      })
  void aPointInTime(String text) {
    assertThat(time.convert(text)).isEqualTo(Instant.parse("2026-11-27T00:00:00Z"));
  }

  @Test
  void howLongAgo() {
    Instant before = Instant.now();
    for (String text : new String[] {"7200s", "120m", "2h"}) {
      assertThat(time.convert(text).plus(Duration.ofHours(2))).isAfterOrEqualTo(before);
    }
    assertThat(Duration.between(time.convert("2d"), time.convert("1d")))
        .isGreaterThanOrEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "-5m",
        "yesterday",
        "2026-13-01",
        "6w",
        "9999999999d",
        "106751991167301d"
      })
  void noTime(String text) {
    assertThatThrownBy(() -> time.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("not `" + text + "`");
  }
}
