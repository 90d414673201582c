package dev.camelsiem.edge.camel.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.testing.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
