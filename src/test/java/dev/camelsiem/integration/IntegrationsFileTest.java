package dev.camelsiem.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of settings that changes while it is in use. */
class IntegrationsFileTest {
  private static final String GOOD =
      "integrations:\n  - {name: a, address: 127.0.0.1, port: 514}\n";

  private static final Catalogue SHIPPED =
      Catalogue.of(CefMappings.loadAll(CefMappings.CONTAINER_SECURITY));

  @TempDir Path folder;
  private Supplier<Catalogue> catalogue = () -> SHIPPED;
  private Path path;
  private IntegrationsFile file;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("siem-integrations.yaml");
    Files.writeString(path, GOOD);
    file = new IntegrationsFile(path.toString(), () -> catalogue.get());
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

  /** A mapping that is broken for a while. */
  @Test
  void aChangeWithoutACatalogueIsToldOnceAndTakenAsSoonAsThereIsOne() throws IOException {
    Files.writeString(path, GOOD + "licence: STANDARD\n");
    catalogue =
        () -> {
          throw new IllegalArgumentException("mapping x.yaml has errors");
        };
    assertThat(file.poll()).isEmpty();
    assertThat(file.poll()).isEmpty();
    assertThat(file.poll())
        .hasValueSatisfying(
            reading -> {
              assertThat(reading.set()).isNull();
              assertThat(reading.findings().get(0).message()).contains("mapping x.yaml has errors");
            });
    assertThat(file.poll()).isEmpty();
    catalogue = () -> SHIPPED;
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
