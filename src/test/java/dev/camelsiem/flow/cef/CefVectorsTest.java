package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.delivery.wire.FrameVectors;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.integration.IntegrationVectors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs a file of CEF test vectors, a case by its id: {@code mvn -q test -Dtest=CefVectorsTest
 * -Dcef.vectors=FILE}; without the property our own copy.
 */
class CefVectorsTest {
  private static final String OURS = "/dev/camelsiem/flow/cef/cef-vectors.json";
  private static final CefMapping MAPPING = CefMappings.load(CefMappings.CONTAINER_SECURITY);

  @TestFactory
  Stream<DynamicContainer> vectors() throws IOException {
    JsonNode file = read();
    assertThat(file.isObject()).as("the file is a JSON object").isTrue();
    List<DynamicContainer> sections = new ArrayList<>();
    sections.add(section("encode", file.path("encode"), CefVectorsTest::encode));
    sections.add(section("decode", file.path("decode"), CefVectorsTest::decode));
    sections.add(section("frame", file.path("frame"), FrameVectors::frame));
    JsonNode route = file.path("route");
    sections.add(
        section(
            "route",
            route.path("cases"),
            vector -> IntegrationVectors.route(route, vector, MAPPING)));
    sections.add(section("validate", file.path("validate"), IntegrationVectors::validate));
    return sections.stream();
  }

  private static JsonNode read() throws IOException {
    String path = System.getProperty("cef.vectors", "");
    ObjectMapper json = new ObjectMapper();
    if (!path.isEmpty()) {
      return json.readTree(Files.readString(Path.of(path)));
    }
    try (InputStream in = CefVectorsTest.class.getResourceAsStream(OURS)) {
      return json.readTree(Objects.requireNonNull(in, OURS));
    }
  }

  private interface Check {
    void run(JsonNode vector) throws IOException;
  }

  private static DynamicContainer section(String name, JsonNode cases, Check check) {
    return DynamicContainer.dynamicContainer(
        name,
        StreamSupport.stream(cases.spliterator(), false)
            .map(
                vector ->
                    DynamicTest.dynamicTest(
                        vector.path("id").asText() + " " + vector.path("title").asText(),
                        () -> named(vector, check))));
  }

  /** A failure names its case, for consoles that show only the message. */
  private static void named(JsonNode vector, Check check) throws IOException {
    try {
      check.run(vector);
    } catch (AssertionError e) {
      throw new AssertionError(vector.path("id").asText() + ": " + e.getMessage(), e);
    }
  }

  private static void encode(JsonNode vector) {
    JsonNode expected = vector.path("expected");
    JsonNode config = vector.path("config");
    Encoded cef = encode(vector.path("event"), options(config).header("none").build());
    assertThat(cef.line()).isEqualTo(expected.path("cef").asText());
    assertThat(cef.severity()).isEqualTo(expected.path("severity").asInt());
    Encoded syslog = encode(vector.path("event"), options(config).build());
    assertThat(syslog.line()).isEqualTo(expected.path("syslog").asText());
    JsonNode decoded = expected.path("decoded");
    if (!decoded.isMissingNode()) {
      CefMessage message = decoded(syslog.line());
      assertThat(message.header()).isEqualTo(strings(decoded.path("header")));
      assertThat(message.extensions()).isEqualTo(map(decoded.path("extensions")));
    }
  }

  private record Encoded(String line, int severity) {}

  private static Encoded encode(JsonNode event, CefOptions options) {
    BatchEncoder encoder = new BatchEncoder(new CefEncoding(MAPPING, options));
    List<String> rejected = new ArrayList<>();
    EncodedBatch batch =
        encoder.encode(
            List.of(RawEvent.of(event.toString(), "vectors", 1)),
            letter -> rejected.add(letter.reason() + ": " + letter.detail()));
    assertThat(rejected).isEmpty();
    assertThat(batch).hasSize(1);
    return new Encoded(batch.get(0), Objects.requireNonNull(batch.facts(0)).severity());
  }

  private static CefOptions.Builder options(JsonNode config) {
    CefOptions.Builder options = CefOptions.builder();
    for (Map.Entry<String, JsonNode> setting : config.properties()) {
      if (!setting.getValue().isNull()) {
        option(options, setting.getKey(), setting.getValue());
      }
    }
    return options;
  }

  private static void option(CefOptions.Builder options, String name, JsonNode value) {
    switch (name) {
      case "vendor" -> options.vendor(value.asText());
      case "product" -> options.product(value.asText());
      case "version" -> options.version(value.asText());
      case "host", "hostName" -> options.host(value.asText());
      case "zone", "syslogTimeZone" -> options.zone(value.asText());
      case "profile" -> options.profile(value.asText());
      case "pri" -> options.pri((value.isObject() ? value.path("facility") : value).asText());
      case "rfc5424" -> options.header(value.asBoolean() ? "rfc5424" : "rfc3164");
      case "header" -> options.header(value.asText());
      case "appName" -> options.appName(value.asText());
      case "maxMessageBytes" -> options.maxMessageBytes(value.asInt());
      case "protocol", "transport" -> {
        boolean udp = value.asText().equalsIgnoreCase("UDP");
        options.maxMessageBytes(udp ? MAPPING.limits().udpBytes() : MAPPING.limits().tcpBytes());
      }
      case "names" -> map(value).forEach(options::name);
      case "severityOverrides" ->
          map(value).forEach((id, severity) -> options.severity(id, Integer.parseInt(severity)));
      default -> assertThat(IRRELEVANT_HERE).as("setting of the vector").contains(name);
    }
  }

  /** Settings of an integration that the encoder has no part in. */
  private static final Set<String> IRRELEVANT_HERE =
      Set.of("minSeverity", "framing", "categories", "enabled", "tls");

  private static void decode(JsonNode vector) {
    JsonNode expected = vector.path("expected");
    if (expected.isNull() || expected.hasNonNull("error")) {
      assertThat(new CefReader().read(vector.path("line").asText()).refusal()).isNotNull();
      return;
    }
    CefMessage message = decoded(vector.path("line").asText());
    if (expected.has("timestamp")) {
      assertThat(message.timestamp()).isEqualTo(text(expected.path("timestamp")));
    }
    if (expected.has("host")) {
      assertThat(message.host()).isEqualTo(text(expected.path("host")));
    }
    if (expected.hasNonNull("pri")) {
      assertThat(message.priority()).isEqualTo(expected.path("pri").asInt());
    }
    assertThat(message.version()).isEqualTo(expected.path("version").asInt());
    assertThat(message.header()).isEqualTo(strings(expected.path("header")));
    assertThat(message.extensions()).isEqualTo(map(expected.path("extensions")));
    if (expected.has("warnings")) {
      JsonNode warnings = expected.path("warnings");
      int count = warnings.isArray() ? warnings.size() : warnings.asInt();
      assertThat(message.warnings()).hasSize(count);
    }
  }

  private static CefMessage decoded(String line) {
    CefReader.Reading reading = new CefReader().read(line);
    assertThat(reading.refusal()).isNull();
    return Objects.requireNonNull(reading.message());
  }

  private static @Nullable String text(JsonNode node) {
    return node.isNull() ? null : node.asText();
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(item -> strings.add(item.asText()));
    return strings;
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.properties().forEach(field -> map.put(field.getKey(), field.getValue().asText()));
    return map;
  }
}
