package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.CefMessage;
import dev.camelsiem.flow.cef.CefReader;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A login to Check Point Gaia, once with the user's name and once with privileges alone, from the
 * raw line to CEF in both languages. {@code -Dgolden.update=true} rewrites the lines.
 */
class CheckpointLoginTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/camelsiem/edge/cli/checkpoint");

  @ParameterizedTest
  @CsvSource({
    CefMappings.NORMALIZED + ", expected-en.cef, A user with ROOT rights, User anon",
    CefMappings.NORMALIZED_RU + ", expected-ru.cef, Пользователь с правами ROOT, Пользователь anon"
  })
  void namesUserAddressAndOutcome(String mapping, String golden, String root, String anon)
      throws IOException {
    Siem siem =
        Siem.run(
            "normalize",
            "--rules",
            "rules",
            "--no-stats",
            "--output",
            "cef",
            "--mapping",
            mapping,
            FOLDER.resolve("events.log").toString());
    assertThat(siem.status()).as(siem.err()).isZero();
    if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
      Files.writeString(FOLDER.resolve(golden), siem.out());
    }
    assertThat(siem.out()).isEqualTo(Files.readString(FOLDER.resolve(golden)));
    List<CefMessage> lines = siem.out().lines().map(CheckpointLoginTest::read).toList();
    assertThat(lines).hasSize(2).allMatch(line -> "login".equals(line.extensions().get("act")));
    assertThat(lines.get(0).extensions())
        .containsEntry("spriv", "ROOT")
        .containsEntry("src", "10.125.3.20")
        .containsEntry("outcome", "ongoing");
    assertThat(lines.get(0).extensions().get("msg")).startsWith(root);
    assertThat(lines.get(1).extensions())
        .containsEntry("suser", "anon")
        .containsEntry("src", "10.125.2.1")
        .containsEntry("outcome", "ongoing");
    assertThat(lines.get(1).extensions().get("msg")).startsWith(anon);
  }

  private static CefMessage read(String line) {
    return Objects.requireNonNull(new CefReader().read(line).message(), line);
  }
}
