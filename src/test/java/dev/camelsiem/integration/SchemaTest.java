package dev.camelsiem.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema says what the reader takes: no key more, none less. */
class SchemaTest {
  private static final Path SHIPPED =
      Path.of("src/main/resources/dev/camelsiem/schema/siem-integrations.schema.json");
  private static final Path EVERYTHING =
      Path.of("src/test/resources/conformance/integrations/good-everything.yaml");

  private static final Path MAPPING = SHIPPED.resolveSibling("cef-mapping.schema.json");

  private static final String MINIMAL =
      """
      mapping: m
      header: {vendor: v, product: p, version: "1"}
      families: {A: {name: a, severity: 3}}
      extension: [{key: msg, field: msg}]
      """;

  private static final Path OLD_KEYS = EVERYTHING.resolveSibling("warn-old-keys.yaml");

  @TempDir Path folder;

  @Test
  void theDocumentedCopyIsTheShippedOne() throws IOException {
    assertThat(Path.of("docs/siem-integrations.schema.json")).hasSameTextualContentAs(SHIPPED);
  }

  /**
   * The reader refuses unknown keys, so a file that uses all and is clean names what it takes, and
   * another one the deprecated keys that it only warns of.
   */
  @Test
  void everyKeyOfTheSchemaIsReadAndEveryKeyThatIsReadIsInTheSchema() throws IOException {
    Set<String> inFile = new TreeSet<>();
    keys("", new YAMLMapper().readTree(EVERYTHING.toFile()), inFile);
    keys("", new YAMLMapper().readTree(OLD_KEYS.toFile()), inFile);
    Set<String> inSchema = new TreeSet<>();
    properties("", new ObjectMapper().readTree(SHIPPED.toFile()), inSchema);
    assertThat(inFile).isEqualTo(inSchema);
  }

  @Test
  void theChoicesAreThoseOfTheCode() throws IOException {
    String schema = Files.readString(SHIPPED);
    JsonNode properties =
        new ObjectMapper().readTree(schema).at("/properties/integrations/items/properties");
    Catalogue shipped = Catalogue.of(CefMappings.loadAll(CefMappings.CONTAINER_SECURITY));
    assertThat(texts(properties.at("/categories/items/examples")))
        .isEqualTo(shipped.categories().keys());
    assertThat(texts(properties.at("/runtimeEventTypes/items/examples")))
        .isEqualTo(shipped.runtimeTypes().keys());
    assertThat(texts(properties.at("/framing/enum")))
        .isEqualTo(names(Destination.Framing.values()));
    assertThat(texts(properties.at("/protocol/enum")))
        .isEqualTo(names(Destination.Protocol.values()));
    assertThat(texts(properties.at("/delivery/properties/confirm/enum")))
        .isEqualTo(names(DeliverySettings.Confirm.values()));
    assertThat(texts(properties.at("/delivery/properties/whenFull/enum")))
        .isEqualTo(names(DeliverySettings.WhenFull.values()));
  }

  /** What a mapping may call its categories, an integrations file may name, and nothing else. */
  @ParameterizedTest
  @CsvSource({
    "ACCESS, true",
    "ci-cd_2.x, true",
    "7, true",
    "ALL, true",
    "'two words', true",
    "Зал, true",
    "'a,b', false",
    "' a', false",
    "'a ', false",
    "'a\tb', false",
    "'', false"
  })
  void keysHaveTheShapeThatMappingsGiveThem(String key, boolean legal) throws IOException {
    JsonNode shipped = new ObjectMapper().readTree(SHIPPED.toFile());
    JsonNode mapping = new ObjectMapper().readTree(MAPPING.toFile());
    String quoted = new TextNode(key).toString();
    for (String kind : List.of("categories", "runtimeEventTypes")) {
      String section = kind.equals("categories") ? kind : "runtimeTypes";
      JsonNode item = shipped.at("/properties/integrations/items/properties/" + kind + "/items");
      JsonNode name = mapping.at("/properties/" + section + "/propertyNames");
      assertThat(item.path("pattern").asText()).isEqualTo(name.path("pattern").asText());
      assertThat(fits(item, key)).isEqualTo(legal);
      Path file = folder.resolve("mapping.yaml");
      Files.writeString(file, MINIMAL + section + ": {" + quoted + ": {name: x}}\n");
      assertThat(CefMappings.check(file.toString()).mapping() != null).isEqualTo(legal);
    }
  }

  private static boolean fits(JsonNode item, String key) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(item);
    return schema.validate(new TextNode(key)).isEmpty();
  }

  private static void keys(String path, JsonNode node, Set<String> keys) {
    if (node.isArray()) {
      node.forEach(item -> keys(path, item, keys));
    }
    node.properties()
        .forEach(
            field -> {
              String key = path + "/" + field.getKey();
              keys.add(key);
              if (!field.getKey().equals("severityOverrides")) { // its keys are data
                keys(key, field.getValue(), keys);
              }
            });
  }

  private static void properties(String path, JsonNode schema, Set<String> keys) {
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              String key = path + "/" + field.getKey();
              keys.add(key);
              properties(key, field.getValue(), keys);
              properties(key, field.getValue().path("items"), keys);
              field.getValue().path("oneOf").forEach(choice -> properties(key, choice, keys));
            });
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }
}
