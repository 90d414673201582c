package dev.camelsiem.flow.cef.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingPageTest {
  @TempDir Path folder;

  @Test
  void eachFamilySaysWhereItsNameComesFrom() throws IOException {
    String text =
        """
        mapping: m
        header: {vendor: v, product: p, version: "1"}
        families:
          A: {name: {field: title, otherwise: Door}, severity: 3}
          B: {name: {field: name, otherwise: Lift}, severity: 3}
          C: {name: Stairs, severity: 3}
        extension: [{key: msg, field: msg}]
        """;
    Path file = Files.writeString(folder.resolve("m.yaml"), text);
    assertThat(MappingPage.of(CefMappings.load(file.toString())))
        .contains("| Name of `A` | `title` | Door |", "| Name of `B` | `name` | Lift |")
        .doesNotContain("Name of `C`");
  }
}
