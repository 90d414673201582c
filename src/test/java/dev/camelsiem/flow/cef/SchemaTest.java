package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.cef.mapping.MappingPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas say what the code does, and the pages in docs are those of the jar. */
class SchemaTest {
  private static final String SCHEMAS = "/dev/camelsiem/schema/";
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"security-event.schema.json", "cef-mapping.schema.json"})
  void docsHoldTheSchemaOfTheJar(String name) throws IOException {
    fresh(Path.of("docs", name), new String(resource(SCHEMAS + name), StandardCharsets.UTF_8));
  }

  @Test
  void docsHoldThePageOfTheMapping() throws IOException {
    fresh(Path.of("docs", "cef-mapping.md"), MappingPage.of(Events.MAPPING));
  }

  @Test
  void docsHoldThePageOfTheMappingOfNormalizedEvents() throws IOException {
    fresh(
        Path.of("docs", "cef-normalized.md"),
        MappingPage.of(CefMappings.load(CefMappings.NORMALIZED)));
  }

  @Test
  void docsHoldThePageOfTheLeefMapping() throws IOException {
    fresh(
        Path.of("docs", "leef-normalized.md"),
        MappingPage.of(CefMappings.load(CefMappings.NORMALIZED_LEEF)));
  }

  /** {@code -Dgolden.update=true} rewrites the page. */
  private static void fresh(Path page, String content) throws IOException {
    if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
      Files.writeString(page, content);
    }
    assertThat(Files.readString(page)).as("%s is stale", page).isEqualTo(content);
  }

  @Test
  void everyEventOfTheVectorsFits() throws IOException {
    JsonSchema schema = schema("security-event.schema.json");
    JsonNode vectors = JSON.readTree(resource("/dev/camelsiem/flow/cef/cef-vectors.json"));
    List<String> wrong = new ArrayList<>();
    for (JsonNode vector : vectors.path("encode")) {
      schema.validate(vector.path("event")).forEach(finding -> wrong.add(finding.toString()));
    }
    for (String line :
        Files.readAllLines(Path.of("examples/01-container-security/events.ndjson"))) {
      schema.validate(JSON.readTree(line)).forEach(finding -> wrong.add(finding.toString()));
    }
    assertThat(wrong).isEmpty();
    assertThat(schema.validate(JSON.readTree("{\"status\":\"Success\"}"))).isNotEmpty();
  }

  @Test
  void theSchemaNamesEveryFieldOfTheMapping() throws IOException {
    JsonNode properties =
        JSON.readTree(resource(SCHEMAS + "security-event.schema.json")).path("properties");
    Set<String> named = new TreeSet<>();
    properties.fieldNames().forEachRemaining(named::add);
    SecurityEvent event = Events.encoding().newEvent();
    Set<String> used = new TreeSet<>();
    for (int slot = 0; slot < event.table().size(); slot++) {
      used.add(event.table().name(slot));
    }
    assertThat(named).isEqualTo(used);
    JsonNode meta =
        JSON.readTree(resource("/dev/camelsiem/flow/cef/cef-vectors.json"))
            .path("meta")
            .path("input_fields");
    meta.fieldNames().forEachRemaining(field -> assertThat(used).contains(field));
  }

  @Test
  void theMappingSchemaAgreesWithTheLoader() throws IOException {
    JsonSchema schema = schema("cef-mapping.schema.json");
    YAMLMapper yaml = new YAMLMapper();
    for (String shipped : CefMappings.SHIPPED) {
      byte[] text = resource("/" + shipped.substring("classpath:".length()));
      assertThat(schema.validate(yaml.readTree(text))).as(shipped).isEmpty();
    }
    Path cases = Path.of("src/test/resources/conformance/cef-mapping");
    for (String good :
        List.of(
            "good-minimal",
            "good-normalized",
            "good-extended",
            "good-choices",
            "good-leef",
            "good-leef-extended")) {
      assertThat(schema.validate(yaml.readTree(cases.resolve(good + ".yaml").toFile())))
          .as(good)
          .isEmpty();
    }
    for (String bad :
        List.of(
            "bad-unknown-settings",
            "bad-severity",
            "bad-extension",
            "bad-normalized",
            "bad-choices",
            "bad-dictionary",
            "bad-leef",
            "bad-format")) {
      assertThat(schema.validate(yaml.readTree(cases.resolve(bad + ".yaml").toFile())))
          .as(bad)
          .isNotEmpty();
    }
  }

  private static JsonSchema schema(String name) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(JSON.readTree(resource(SCHEMAS + name)));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @Test
  void noSettingIsMissingFromEither() throws IOException {
    JsonNode entry =
        JSON.readTree(resource(SCHEMAS + "cef-mapping.schema.json"))
            .path("properties")
            .path("extension")
            .path("items")
            .path("properties");
    String shipped =
        new String(
            resource("/" + CefMappings.CONTAINER_SECURITY.substring("classpath:".length())),
            StandardCharsets.UTF_8);
    assertThat(
            Stream.of(
                "key",
                "field",
                "value",
                "constant",
                "prefix",
                "type",
                "label",
                "when",
                "families",
                "outcomes",
                "profile",
                "tokens",
                "keepBlanks",
                "limit",
                "outsideDictionary"))
        .allSatisfy(
            setting -> {
              assertThat(entry.has(setting)).as(setting).isTrue();
              assertThat(shipped).contains(setting);
            })
        .hasSize(entry.size());
  }
}
