package dev.camelsiem.flow.cef.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mappings by location. */
class CefMappingsTest {
  private static final String SHIPPED = CefMappings.CONTAINER_SECURITY;
  private static final String CASES = "src/test/resources/conformance/cef-mapping/";

  @TempDir Path folder;

  @Test
  void severalAreLoadedInTheirOrder() {
    assertThat(CefMappings.loadAll("file:" + CASES + "good-normalized.yaml ,\n " + SHIPPED))
        .extracting(CefMapping::name)
        .containsExactly("normalized", "container-security");
    assertThat(CefMappings.loadAll(SHIPPED)).containsExactly(CefMappings.load(SHIPPED));
  }

  @Test
  void whatCannotBeLoadedIsToldByName() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "mapping: broken");
    assertThatThrownBy(() -> CefMappings.loadAll(SHIPPED + "," + broken))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("broken.yaml has errors");
    assertThatThrownBy(() -> CefMappings.loadAll(SHIPPED + ",nowhere.yaml"))
        .hasMessageContaining("mapping nowhere.yaml cannot be read");
    for (String hole : new String[] {"", " ", SHIPPED + ",", "," + SHIPPED}) {
      assertThatThrownBy(() -> CefMappings.loadAll(hole)).hasMessageContaining("an empty place");
    }
  }
}
