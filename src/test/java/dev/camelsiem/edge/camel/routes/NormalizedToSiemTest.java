package dev.camelsiem.edge.camel.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.edge.launch.LaunchSettings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.testing.KafkaBroker;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped routes from raw events by way of rules to the SIEM integrations. */
@Tag("camel")
@Timeout(120)
class NormalizedToSiemTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Path EXAMPLE = Path.of("examples/07-syslog-xp-cef");

  @TempDir Path folder;

  @Test
  void syslogTextReachesTheSiem() throws Exception {
    try (RouteRig rig = RouteRig.start("syslog-xp-siem.camel.yaml", Map.of())) {
      rig.send(events());
      assertAllArrive(rig);
    }
  }

  @Test
  void linesOfFilesReachTheSiem() throws Exception {
    try (RouteRig rig =
        RouteRig.start(
            "file-xp-siem.camel.yaml",
            Map.of("siem.xp.checkpoint", folder.resolve("checkpoint").toString()))) {
      assertAllArrive(rig);
    }
  }

  @Test
  void eventsOfATopicReachTheSiem() throws Exception {
    KafkaBroker broker = KafkaBroker.shared();
    String topic = broker.newTopic("raw", 1);
    String group = "group-" + UUID.randomUUID();
    broker.sendLines(topic, events());
    try (RouteRig rig =
        RouteRig.start(
            "kafka-xp-siem.camel.yaml",
            Map.of(
                "siem.kafka.raw.topic", topic,
                "siem.kafka.group", group,
                "siem.kafka.brokers", broker.bootstrap()))) {
      assertAllArrive(rig);
      await().atMost(LONG).until(() -> broker.committed(group) == events().size());
    }
  }

  /** In the language that the mapping is of. */
  @Test
  void theMappingIsASetting() throws Exception {
    try (RouteRig rig =
        RouteRig.start(
            "syslog-xp-siem.camel.yaml",
            Map.of("siem.xp.mapping", "classpath:dev/camelsiem/cef/normalized-ru.yaml"))) {
      rig.send(events());
      List<String> expected = Files.readAllLines(EXAMPLE.resolve("expected-ru.cef"));
      await().atMost(LONG).until(() -> rig.siem.count() >= expected.size());
      assertThat(rig.siem.messages()).isEqualTo(expected);
    }
  }

  /** One file of integrations serves both pipelines of the default start. */
  @Test
  void theCategoriesOfAnOwnMappingAreKnownToAllRoutes() throws Exception {
    Path mapping =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            mapping: mine
            header: {vendor: v, product: p, version: "1"}
            syslog: {header: none}
            categories: {MINE: {name: Mine}, YOURS: {name: Yours}}
            categorize:
              - {category: MINE, when: {action: login}}
              - {category: YOURS}
            families: {ANY: {ids: ["*"], name: Event, severity: 3}}
            extension: [{key: cat, value: category}]
            """);
    Path security =
        Files.writeString(
            folder.resolve("events.ndjson"),
            """
            {"id":"API-001","time":"2025-02-18T10:07:28Z","status":"Success"}
            {"id":"ADM-001","time":"2025-02-18T10:07:28Z","status":"Success"}
            {"id":"XYZ-001","time":"2025-02-18T10:07:28Z","status":"Success"}
            """);
    Map<String, String> settings = new HashMap<>();
    settings.put("siem.xp.mapping", mapping.toString());
    settings.put("siem.file.paths", security.toString());
    settings.put("siem.file.checkpoint", folder.resolve("checkpoint").toString());
    settings.put("siem.http.port", "0");
    Properties shipped = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of("routes/application.properties"))) {
      shipped.load(in);
    }
    settings.put("siem.mappings", shipped.getProperty("siem.mappings"));
    try (RouteRig rig =
        RouteRig.start(
            LaunchSettings.of(List.of()).routes(), "\n    categories: [API, MINE]", settings)) {
      rig.send(events());
      await().atMost(LONG).until(() -> rig.siem.count() >= 5 && rig.deadLetters.size() >= 2);
      assertThat(rig.siem.messages())
          .hasSize(5)
          .anyMatch(line -> line.contains("|API-001|API|"))
          .filteredOn(line -> line.startsWith("CEF:0|v|p|1|") && line.endsWith("|cat=Mine"))
          .hasSize(4);
      assertThat(rig.deadLetters)
          .filteredOn(
              one ->
                  one instanceof DeadLetter letter && letter.event().toString().contains("XYZ-001"))
          .singleElement()
          .extracting(one -> ((DeadLetter) one).reason())
          .isEqualTo(StopReason.UNKNOWN_FAMILY);
    }
  }

  private static List<String> events() throws IOException {
    return Files.readAllLines(EXAMPLE.resolve("events.log"));
  }

  private static void assertAllArrive(RouteRig rig) throws IOException {
    List<String> expected = Files.readAllLines(EXAMPLE.resolve("expected.cef"));
    await().atMost(LONG).until(() -> rig.siem.count() >= expected.size());
    assertThat(rig.siem.messages()).isEqualTo(expected);
    List<String> events = events();
    assertThat(rig.deadTexts()).containsExactly(events.get(events.size() - 1));
  }
}
