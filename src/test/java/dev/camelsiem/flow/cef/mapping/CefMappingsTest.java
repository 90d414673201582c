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

  /** A pipe would be waited for, a device read without end. */
  @Test
  void onlyFilesOfUsualSizeAreRead() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path large = Files.write(folder.resolve("large.yaml"), new byte[(2 << 20) + 1]);
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe4});
    Path child = Files.writeString(folder.resolve("child.yaml"), "mapping: c\nextends: /dev/zero");
    assertThatThrownBy(() -> CefMappings.load(pipe.toString()))
        .hasMessageContaining("cannot be read: no regular file; give a file or a shipped one: ");
    assertThatThrownBy(() -> CefMappings.load("/dev/zero")).hasMessageContaining("no regular file");
    assertThatThrownBy(() -> CefMappings.load(large.toString()))
        .hasMessageContaining("larger than 2097152 bytes");
    assertThatThrownBy(() -> CefMappings.load(latin.toString())).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> CefMappings.load(folder.toString()))
        .hasMessageContaining("Is a directory");
    assertThatThrownBy(() -> CefMappings.load(child.toString()))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("no regular file");
  }
}
