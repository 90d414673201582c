package dev.camelsiem.edge.camel.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.camelsiem.testing.HeldPort;
import dev.camelsiem.testing.KafkaBroker;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the YAML examples of the pages about syslog and Kafka, and checks the Java ones. */
@Tag("camel")
@Timeout(120)
class PageExamplesTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String COLLECT = "direct:dead"; // where the rig notes what comes

  @TempDir Path folder;

  @Test
  void syslogSource() throws Exception {
    try (HeldPort port = new HeldPort();
        RouteRig rig =
            RouteRig.start(
                yaml("siem-syslog-source"),
                Map.of("siem.syslog.port", port.toString(), "siem.out", COLLECT));
        DatagramSocket socket = new DatagramSocket()) {
      byte[] event = "<13>Nov 22 04:30:00 host app: hello".getBytes(StandardCharsets.UTF_8);
      socket.send(
          new DatagramPacket(event, event.length, InetAddress.getLoopbackAddress(), port.number()));
      await().atMost(LONG).until(() -> rig.deadTexts().equals(List.of("hello")));
    }
  }

  @Test
  void kafkaSource() throws Exception {
    KafkaBroker broker = KafkaBroker.shared();
    String topic = broker.newTopic("page", 1);
    broker.sendLines(topic, List.of("hello"));
    try (RouteRig rig =
        RouteRig.start(
            yaml("siem-kafka-source"),
            Map.of(
                "siem.kafka.topic",
                topic,
                "siem.kafka.group",
                "group-" + UUID.randomUUID(),
                "siem.kafka.brokers",
                broker.bootstrap(),
                "siem.out",
                COLLECT))) {
      await().atMost(LONG).until(() -> rig.deadTexts().equals(List.of("hello")));
    }
  }

  @Test
  void kafkaSink() throws Exception {
    KafkaBroker broker = KafkaBroker.shared();
    String topic = broker.newTopic("page", 1);
    try (HeldPort port = new HeldPort();
        RouteRig rig =
            RouteRig.start(
                yaml("siem-kafka-sink"),
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
                      .timeout(LONG)
                      .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"API-001\"}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(broker.readLines(topic, 1)).containsExactly("{\"id\":\"API-001\"}");
      assertThat(rig.deadLetters).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"siem-syslog-source", "siem-kafka-source", "siem-kafka-sink"})
  void javaExamplesNameOnlyOptionsThatExist(String page) throws Exception {
    String java = block(page, "java").replace("\"\n        + \"", "");
    int checked = 0;
    for (int at = java.indexOf("kamelet:"); at >= 0; at = java.indexOf("kamelet:", at + 1)) {
      String uri = java.substring(at + "kamelet:".length(), java.indexOf('"', at));
      int query = uri.indexOf('?');
      JsonNode properties = properties(query < 0 ? uri : uri.substring(0, query));
      for (String option : query < 0 ? new String[0] : uri.substring(query + 1).split("&", -1)) {
        assertThat(properties.has(option.substring(0, option.indexOf('=')))).as(option).isTrue();
        checked++;
      }
    }
    assertThat(checked).isPositive();
  }

  private static JsonNode properties(String kamelet) throws IOException {
    Path file = Path.of("kamelets", kamelet + ".kamelet.yaml");
    return new YAMLMapper().readTree(file.toFile()).at("/spec/definition/properties");
  }

  private String yaml(String page) throws IOException {
    Path file = folder.resolve(page + ".camel.yaml");
    Files.writeString(file, block(page, "yaml"));
    return file.toString();
  }

  private static String block(String page, String language) throws IOException {
    String text = Files.readString(Path.of("docs/components", page + ".md"));
    int from = text.indexOf("```" + language + "\n") + language.length() + 4;
    return text.substring(from, text.indexOf("```", from));
  }
}
