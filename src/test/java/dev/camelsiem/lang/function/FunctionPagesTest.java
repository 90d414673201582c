package dev.camelsiem.lang.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.lang.function.builtin.BuiltinFunctions;
import dev.camelsiem.lang.function.builtin.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The generated pages are up to date; {@code -Dgolden.update=true} writes them, except on CI. */
class FunctionPagesTest {
  private static final String MARKDOWN = FunctionPages.markdown(BuiltinFunctions.ALL);
  private static final String JSON = FunctionPages.json(BuiltinFunctions.ALL);

  @Test
  void thePageIsUpToDate() throws IOException {
    check(Path.of("docs/functions.md"), MARKDOWN);
  }

  @Test
  void theDataAreUpToDate() throws IOException {
    check(Path.of("docs/functions.json"), JSON);
    check(Path.of("src/generated/resources/dev/camelsiem/functions.json"), JSON);
  }

  @Test
  void theDataAreJson() throws IOException {
    JsonNode functions = new ObjectMapper().readTree(JSON);
    assertThat(functions).hasSize(BuiltinFunctions.ALL.size());
    JsonNode replace = functions.get(Functions.names().stream().toList().indexOf("replace"));
    assertThat(replace.path("signature").asText()).isEqualTo("replace(text, new, pattern [, max])");
    assertThat(replace.path("params")).hasSize(4);
  }

  private static void check(Path file, String text) throws IOException {
    if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return;
    }
    assertThat(file).as("-Dgolden.update=true writes it").exists();
    assertThat(text)
        .as("%s is stale; -Dgolden.update=true writes it", file)
        .isEqualTo(Files.readString(file));
  }
}
