package dev.camelsiem.edge.camel.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.testing.HeldPort;
import dev.camelsiem.testing.KafkaBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shipped routes around syslog and Kafka, on real sockets and a real broker. */
@Tag("camel")
@Timeout(120)
class SyslogRelayTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Path EVENTS = Path.of("examples/01-container-security/events.ndjson");
  private static final Path EXPECTED = Path.of("examples/01-container-security/expected.cef");

  @Test
  void cefGoesThroughTheRelayAsItCame() throws Exception {
    List<String> cef = Files.readAllLines(EXPECTED).stream().filter(line -> !isRaw(line)).toList();
    List<String> sent = new ArrayList<>(Files.readAllLines(EXPECTED));
    sent.add("<134>Nov 22 04:30:00 host app: this is not CEF");
    assertThat(cef).hasSizeGreaterThan(10);
    try (RouteRig rig = RouteRig.start("syslog-cef-relay.camel.yaml", Map.of())) {
      rig.send(sent);
      await().atMost(LONG).until(() -> rig.deadLetters.size() == 1);
      await().untilAsserted(() -> assertThat(rig.siem.messages()).isEqualTo(cef));
      assertThat(rig.deadTexts()).containsExactly(sent.get(sent.size() - 1));
    }
  }

  /** Raw runtime events: they pass by agent group, which CEF does not hold. */
  private static boolean isRaw(String line) {
    return line.contains("|PM-") || line.contains("|FM-") || line.contains("|NT-");
  }

  @Test
  void rawRuntimeEventsPassByTheKeyOfTheirAgentGroup() throws Exception {
    String line = "CEF:0|Kaspersky|KCS|2.0|PM-002|Process management|3|cs1=%s act=Audit";
    try (RouteRig rig =
        RouteRig.start("syslog-cef-relay.camel.yaml", Map.of("siem.agent.group.key", "cs1"))) {
      rig.send(
          List.of(line.formatted("default"), line.formatted("other"), line.formatted("default")));
      await().atMost(LONG).until(() -> rig.siem.count() >= 2);

      assertThat(rig.siem.messages())
          .containsExactly(line.formatted("default"), line.formatted("default"));
    }
  }

  @Test
  void linesOfNormalizedEventsGoThroughTheRelay() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("examples/07-syslog-xp-cef/expected.cef"));
    try (RouteRig rig = RouteRig.start("syslog-cef-relay.camel.yaml", Map.of())) {
      rig.send(lines);
      await().atMost(LONG).until(() -> rig.siem.count() >= lines.size());
      assertThat(rig.siem.messages()).isEqualTo(lines);
    }
  }

  @Test
  void theRelayFiltersByCategory() throws Exception {
    String api = "<134>Feb 18 10:07:28 kcs CEF:0|Kaspersky|KCS|2.0|API-001|API|8|outcome=Error";
    String adm = "CEF:0|Kaspersky|KCS|2.0|ADM-001|Administration|3|suser=root";
    try (RouteRig rig =
        RouteRig.start("syslog-cef-relay.camel.yaml", Map.of("siem.categories", "API"))) {
      rig.send(List.of(adm, api, adm, api));
      await().atMost(LONG).until(() -> rig.siem.count() >= 2);

      assertThat(rig.siem.messages()).containsExactly(api, api);
    }
  }

  @Test
  void theRelayKeepsCountAndOrder() throws Exception {
    int count = 20_000;
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("<134>Feb 18 10:07:28 kcs CEF:0|Kaspersky|KCS|2.0|API-001|API|8|cn1=" + i);
    }
    try (RouteRig rig = RouteRig.start("syslog-cef-relay.camel.yaml", Map.of())) {
      rig.send(lines);
      await().atMost(LONG).until(() -> rig.siem.count() >= count);

      assertThat(rig.siem.messages()).isEqualTo(lines);
      assertThat(rig.deadLetters).isEmpty();
    }
  }

  @Test
  void eventsOfATopicReachTheSiem() throws Exception {
    KafkaBroker broker = KafkaBroker.shared();
    String topic = broker.newTopic("to-siem", 1);
    String group = "group-" + UUID.randomUUID();
    List<String> cef = Files.readAllLines(EXPECTED);
    List<String> events = new ArrayList<>(Files.readAllLines(EVENTS));
    events.add("{\"no\":\"id\"}");
    broker.sendLines(topic, events);

    try (RouteRig rig =
        RouteRig.start(
            "kafka-to-siem.camel.yaml",
            Map.of(
                "siem.kafka.topic", topic,
                "siem.kafka.group", group,
                "siem.kafka.brokers", broker.bootstrap()))) {
      await().atMost(LONG).until(() -> broker.committed(group) == events.size());
      await().atMost(LONG).until(() -> rig.siem.count() >= cef.size());

      assertThat(rig.siem.messages()).isEqualTo(cef);
      assertThat(rig.deadTexts()).contains("{\"no\":\"id\"}");
    }
  }

  @Test
  void eventsOverHttpReachATopic() throws Exception {
    KafkaBroker broker = KafkaBroker.shared();
    String topic = broker.newTopic("from-http", 1);
    List<String> events = Files.readAllLines(EVENTS);

    try (HeldPort port = new HeldPort();
        RouteRig rig =
            RouteRig.start(
                "http-to-kafka.camel.yaml",
                Map.of(
                    "siem.kafka.topic",
                    topic,
                    "siem.kafka.brokers",
                    broker.bootstrap(),
                    "siem.http.port",
                    port.toString()))) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                      .header("kafka.OVERRIDE_TOPIC", "elsewhere")
                      .timeout(LONG)
                      .POST(HttpRequest.BodyPublishers.ofFile(EVENTS))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(broker.size(topic)).isEqualTo(events.size());
      assertThat(broker.readLines(topic, events.size())).isEqualTo(events);
      assertThat(rig.deadLetters).isEmpty();
    }
  }

  @Test
  void camelsOwnSyslogMayStandInFront() throws Exception {
    String cef = "CEF:0|Kaspersky|KCS|2.0|API-001|API|8|outcome=Error";
    try (RouteRig rig = RouteRig.start("camel-syslog-to-siem.camel.yaml", Map.of())) {
      rig.send(
          List.of(
              "<134>Feb 18 10:07:28 kcs " + cef, "<134>" + cef, "<134>Feb 18 10:07:28 kcs " + cef));
      await().atMost(LONG).until(() -> rig.siem.count() >= 2);
      await().atMost(LONG).until(() -> rig.deadLetters.size() == 1);

      assertThat(rig.siem.messages()).containsExactly(cef, cef);
      assertThat(rig.deadTexts()).containsExactly("<134>" + cef);
    }
  }
}
