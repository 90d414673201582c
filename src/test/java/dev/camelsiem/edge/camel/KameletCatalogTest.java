package dev.camelsiem.edge.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every Kamelet to the rules of Camel's own catalog, and to a few of ours. */
class KameletCatalogTest {
  private static final Path KAMELETS = Path.of("kamelets");
  private static final String SUFFIX = ".kamelet.yaml";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9_.-]+)}}");
  private static final Set<String> SMALL_WORDS =
      Set.of("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to");
  private static final Set<String> TYPES =
      Set.of("string", "integer", "number", "boolean", "array", "object");
  private static final List<String> SECRETS =
      List.of("password", "secret", "passphrase", "token", "jaasconfig");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(KAMELETS)) {
      return files.sorted().toList().stream();
    }
  }

  static Stream<JsonNode> kamelets() throws IOException {
    return files().map(KameletCatalogTest::read);
  }

  @Test
  void thereAreKamelets() throws IOException {
    assertThat(files()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void theNameIsTheFileNameAndEndsInTheType(Path file) {
    JsonNode kamelet = read(file);
    String name = name(kamelet);
    String type = label(kamelet, "camel.apache.org/kamelet.type");

    assertThat(file.getFileName()).hasToString(name + SUFFIX);
    assertThat(kamelet.path("kind").asText()).isEqualTo("Kamelet");
    assertThat(kamelet.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
    assertThat(type).isIn("source", "sink", "action");
    assertThat(name).endsWith("-" + type);
    assertThat(definition(kamelet).path("title").asText())
        .endsWith(" " + type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1));
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void annotationsAreComplete(JsonNode kamelet) {
    assertThat(annotation(kamelet, "camel.apache.org/kamelet.support.level"))
        .isIn("Preview", "Stable");
    assertThat(annotation(kamelet, "camel.apache.org/provider")).isEqualTo("camel-siem");
    assertThat(annotation(kamelet, "camel.apache.org/kamelet.group")).isEqualTo("SIEM");
    assertThat(annotation(kamelet, "camel.apache.org/kamelet.namespace")).isEqualTo("Security");
    String icon = annotation(kamelet, "camel.apache.org/kamelet.icon");
    assertThat(icon).startsWith("data:image/svg+xml;base64,");
    byte[] svg = Base64.getDecoder().decode(icon.substring(icon.indexOf(',') + 1));
    assertThat(new String(svg, StandardCharsets.UTF_8))
        .startsWith("<svg")
        .doesNotContain("<script", "http://www.w3.org/1999/xlink");
  }

  @Test
  void allNameTheVersionOfTheBuild() throws IOException {
    String version = projectVersion();
    assertThat(kamelets())
        .allSatisfy(
            kamelet -> {
              assertThat(annotation(kamelet, "camel.apache.org/catalog.version"))
                  .isEqualTo(version);
              assertThat(texts(kamelet.path("spec").path("dependencies")))
                  .contains("mvn:dev.camelsiem:camel-siem:" + version);
            });
  }

  @Test
  void titlesAndDescriptionsAreUnique() throws IOException {
    assertThat(kamelets().map(one -> definition(one).path("title").asText()))
        .doesNotHaveDuplicates();
    assertThat(kamelets().map(one -> definition(one).path("description").asText()))
        .doesNotHaveDuplicates()
        .allSatisfy(text -> assertThat(text.strip()).isNotEmpty().endsWith("."));
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void propertiesAreDescribed(JsonNode kamelet) {
    JsonNode properties = definition(kamelet).path("properties");
    properties
        .properties()
        .forEach(
            entry -> {
              String where = name(kamelet) + "." + entry.getKey();
              JsonNode property = entry.getValue();
              assertThat(TYPES).as(where).contains(property.path("type").asText());
              assertTitle(where, property.path("title").asText());
              assertThat(property.path("description").asText().strip())
                  .as(where + " description")
                  .isNotEmpty()
                  .endsWith(".");
              if (property.has("default") && property.has("enum")) {
                assertThat(texts(property.path("enum")))
                    .as(where + " default")
                    .contains(property.path("default").asText());
              }
            });
  }

  private static void assertTitle(String where, String title) {
    String[] words = title.split(" ", -1);
    assertThat(title).as(where + " title").isNotBlank();
    assertThat(words[0].toLowerCase(Locale.ROOT))
        .as(where + " title begins with an article")
        .isNotIn("a", "an", "the");
    for (String word : words) {
      assertThat(SMALL_WORDS.contains(word) || !Character.isLowerCase(word.charAt(0)))
          .as("%s title, word '%s' in '%s' is capitalised", where, word, title)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void requiredPropertiesExistAndHaveNoDefault(JsonNode kamelet) {
    JsonNode properties = definition(kamelet).path("properties");
    for (String required : texts(definition(kamelet).path("required"))) {
      assertThat(properties.has(required)).as("%s is declared", required).isTrue();
      assertThat(properties.path(required).has("default"))
          .as("%s has no default", required)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void placeholdersAreDeclaredAndUsed(JsonNode kamelet) {
    JsonNode template = kamelet.path("spec").path("template");
    JsonNode properties = definition(kamelet).path("properties");
    Set<String> required = Set.copyOf(texts(definition(kamelet).path("required")));
    Set<String> used = new TreeSet<>();
    Set<String> mustHaveValue = new TreeSet<>();
    Matcher placeholders = PLACEHOLDER.matcher(template.toString());
    while (placeholders.find()) {
      used.add(placeholders.group(1));
      if (!placeholders.group().startsWith("{{?")) {
        mustHaveValue.add(placeholders.group(1));
      }
    }
    Set<String> beans = new TreeSet<>();
    template.path("beans").forEach(bean -> beans.add(bean.path("name").asText()));
    Set<String> declared = new TreeSet<>();
    properties.fieldNames().forEachRemaining(declared::add);

    assertThat(beans).as("beans that are used").isSubsetOf(used);
    used.removeAll(beans);
    mustHaveValue.removeAll(beans);
    assertThat(used).isEqualTo(declared);
    for (String name : mustHaveValue) {
      assertThat(required.contains(name) || properties.path(name).has("default"))
          .as("%s is required, or has a default, or is written {{?%s}}", name, name)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void secretsAreMarked(JsonNode kamelet) {
    definition(kamelet)
        .path("properties")
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey().toLowerCase(Locale.ROOT);
              boolean secret = SECRETS.stream().anyMatch(name::endsWith);
              boolean marked = entry.getValue().path("format").asText().equals("password");
              assertThat(marked).as("%s has format: password", entry.getKey()).isEqualTo(secret);
              if (secret) {
                assertThat(texts(entry.getValue().path("x-descriptors")))
                    .contains("urn:camel:group:credentials");
                assertThat(entry.getValue().has("default")).as("default secret").isFalse();
              }
            });
    assertThat(kamelet.toString()).doesNotContain("com.tectonic.ui");
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void sourcesLeadToTheSinkAndOthersBeginAtTheSource(JsonNode kamelet) {
    JsonNode template = kamelet.path("spec").path("template");
    String from = template.path("from").path("uri").asText();
    if (name(kamelet).endsWith("-source")) {
      assertThat(template.toString()).contains("kamelet:sink");
      assertThat(from).isNotEqualTo("kamelet:source");
    } else {
      assertThat(from).isEqualTo("kamelet:source");
    }
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void dependenciesAreOfKnownKinds(JsonNode kamelet) {
    List<String> dependencies = texts(kamelet.path("spec").path("dependencies"));
    assertThat(dependencies).contains("camel:core", "camel:kamelet").doesNotHaveDuplicates();
    assertThat(dependencies)
        .allSatisfy(one -> assertThat(one).matches("(camel:|mvn:|github:apache/).+"));
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void beansAreClassesOfOurs(JsonNode kamelet) throws Exception {
    for (JsonNode bean : kamelet.path("spec").path("template").path("beans")) {
      String type = bean.path("type").asText();
      assertThat(type).startsWith("#class:");
      assertThat(Class.forName(type.substring("#class:".length()))).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void hasAPageThatNamesEveryProperty(JsonNode kamelet) throws IOException {
    Path page = Path.of("docs", "components", name(kamelet) + ".md");
    assertThat(page).exists();
    String text = Files.readString(page);
    definition(kamelet)
        .path("properties")
        .fieldNames()
        .forEachRemaining(name -> assertThat(text).as("%s", page).contains("`" + name + "`"));
  }

  @ParameterizedTest
  @MethodSource("kamelets")
  void isExercisedByATest(JsonNode kamelet) throws IOException {
    String uri = name(kamelet);
    try (Stream<Path> tests = Files.walk(Path.of("src", "test"))) {
      List<Path> users =
          tests
              .filter(
                  path -> path.toString().endsWith(".java") || path.toString().endsWith(".yaml"))
              .filter(path -> !path.endsWith("KameletCatalogTest.java"))
              .filter(path -> text(path).contains("kamelet:" + uri))
              .toList();
      assertThat(users).as("tests that use kamelet:%s", uri).isNotEmpty();
    }
  }

  private static String name(JsonNode kamelet) {
    return kamelet.path("metadata").path("name").asText();
  }

  private static String annotation(JsonNode kamelet, String name) {
    return kamelet.path("metadata").path("annotations").path(name).asText();
  }

  private static String label(JsonNode kamelet, String name) {
    return kamelet.path("metadata").path("labels").path(name).asText();
  }

  private static JsonNode definition(JsonNode kamelet) {
    return kamelet.path("spec").path("definition");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static String projectVersion() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher version =
        Pattern.compile("<artifactId>camel-siem</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(pom);
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
