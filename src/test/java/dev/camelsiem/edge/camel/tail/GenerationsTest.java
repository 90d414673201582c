package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of rotated files. */
class GenerationsTest {
  @ParameterizedTest
  @CsvSource({
    "app.log, app.log.1, true",
    "app.log, app.log-20261127, true",
    "app.log, app.log.2026-11-27T10:15:00Z, true",
    "0.log, 0.log.20260101-120000, true",
    "id-json.log, id-json.log.12, true",
    "app.log, app-2026-11-27.log, true",
    "app.log, app.20261127_101500.log, true",
    "messages, messages-20261127, true",
    "app.log, app.log, false",
    "app.log, app.log., false",
    "app.log, app.log.old, false",
    "app.log, app.log.1.gz, false",
    "app.log, app.log.1~, false",
    "app.log, app-2.log, false",
    "app.log, app.log2, false",
    "app.log, application.log.1, false",
    "1.log, 10.log, false",
    "app.log, app.log.-, false",
  })
  void isToldByWhatStandsBehindTheName(String name, String candidate, boolean rotated) {
    assertThat(Generations.isRotated(name, candidate)).isEqualTo(rotated);
    assertThat(Generations.unpacked(candidate + ".gz")).isEqualTo(candidate);
    assertThat(Generations.unpacked(candidate + ".zst")).isEqualTo(candidate);
  }
}
