package dev.camelsiem.edge.camel.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all routes have in common that we give away. */
class ShippedRoutesTest {
  static Stream<Path> files() throws IOException {
    try (Stream<Path> routes = Files.list(Path.of("routes"));
        Stream<Path> examples = Files.find(Path.of("examples"), 2, (path, file) -> true)) {
      return Stream.concat(routes, examples)
          .filter(path -> path.toString().endsWith(".camel.yaml"))
          .toList()
          .stream();
    }
  }

  /** Our sources say in one line why something comes again; Camel would add a stack trace. */
  @ParameterizedTest
  @MethodSource("files")
  void whatFailsIsSaidByTheSourceAlone(Path file) throws IOException {
    for (JsonNode each : new YAMLMapper().readTree(file.toFile())) {
      JsonNode route = each.path("route");
      String source = route.path("from").path("uri").asText();
      assertThat(source).isNotEmpty();
      if (!source.startsWith("netty:")) {
        assertThat(route.at("/errorHandler/defaultErrorHandler/level").asText())
            .as(route.path("id").asText())
            .isEqualTo("OFF");
      }
    }
  }
}
