package dev.camelsiem.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of settings that changes while it is in use. */
class IntegrationsFileTest {
  private static final String GOOD =
      "integrations:\n  - {name: a, address: 127.0.0.1, port: 514}\n";

  @TempDir Path folder;
  private Path path;
  private IntegrationsFile file;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("siem-integrations.yaml");
    Files.writeString(path, GOOD);
    file = new IntegrationsFile(path.toString());
    assertThat(file.read().set()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "folder", "huge"})
  void oneThatCannotBeReadAnyMoreIsToldOnceAndItsReturnIsNews(String how) throws IOException {
    Files.delete(path);
    if (how.equals("folder")) {
      Files.createDirectory(path);
    } else if (how.equals("huge")) {
      Files.write(path, new byte[2 << 20]);
    }
    assertThat(file.poll()).as("editors do so").isEmpty();
    assertThat(file.poll()).isEmpty();
    assertThat(file.poll())
        .hasValueSatisfying(
            reading -> {
              assertThat(reading.set()).isNull();
              assertThat(reading.findings()).hasSize(1);
            });
    assertThat(file.poll()).isEmpty();
    Files.deleteIfExists(path);
    Files.writeString(path, GOOD);
    assertThat(file.poll()).hasValueSatisfying(reading -> assertThat(reading.set()).isNotNull());
    assertThat(file.poll()).isEmpty();
  }

  @Test
  void oneThatIsGoneForAMomentHasNotChanged() throws IOException {
    Files.delete(path);
    assertThat(file.poll()).isEmpty();
    Files.writeString(path, GOOD);
    assertThat(file.poll()).isEmpty();
  }
}
