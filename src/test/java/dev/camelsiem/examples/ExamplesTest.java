package dev.camelsiem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.edge.launch.Main;
import dev.camelsiem.edge.receiver.Behaviour;
import dev.camelsiem.edge.receiver.MessageSink;
import dev.camelsiem.edge.receiver.Receiver;
import dev.camelsiem.testing.HeldPort;
import dev.camelsiem.testing.Program;
import dev.camelsiem.testing.SyslogSender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the examples as their READMEs say, on ports and folders of the test. The first one:
 * MainPipelineTest.
 */
@Tag("camel")
class ExamplesTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void twoSiemsGetTheirOwnEvents() throws Exception {
    Path example = Path.of("examples/02-two-siems");
    List<String> expectedBySoc = Files.readAllLines(example.resolve("expected-soc.cef"));
    List<String> expectedByAudit = Files.readAllLines(example.resolve("expected-audit.cef"));
    List<String> audit = new CopyOnWriteArrayList<>();
    try (HeldPort soc = new HeldPort();
        Receiver udp = Receiver.udp("127.0.0.1", 0, Behaviour.NORMAL, into(audit))) {
      Path integrations = folder.resolve("siem-integrations.yaml");
      Files.writeString(
          integrations,
          Files.readString(example.resolve("siem-integrations.yaml"))
              .replace("port: 5514", "port: " + soc)
              .replace("port: 5515", "port: " + udp.port()));
      try (Program program =
          Program.start(
              Main.class.getName(),
              Map.of(
                  "siem.receiver", "tcp://127.0.0.1:" + soc,
                  "siem.integrations", integrations.toString(),
                  "siem.data", folder.resolve("data").toString(),
                  "siem.file.checkpoint", folder.resolve("checkpoint").toString()),
              example.toString())) {
        assertThat(program.awaitOut(expectedBySoc.size())).isEqualTo(expectedBySoc);
        await().atMost(LONG).until(() -> audit.size() >= expectedByAudit.size());
        assertThat(audit).map(ExamplesTest::withoutEventId).isEqualTo(expectedByAudit);
        assertThat(audit)
            .map(line -> line.substring(withoutEventId(line).length()))
            .doesNotHaveDuplicates();
      }
    }
  }

  /** Each SIEM gets its categories, in the language of the mapping. */
  @ParameterizedTest
  @CsvSource({"normalized.yaml, expected.cef", "normalized-ru.yaml, expected-ru.cef"})
  void eventsOfManyKindsReachTheSiemsThatWantThem(String mapping, String expected)
      throws Exception {
    Path example = Path.of("examples/07-syslog-xp-cef");
    List<String> lines = Files.readAllLines(example.resolve(expected));
    List<String> network = new CopyOnWriteArrayList<>();
    try (HeldPort syslog = new HeldPort();
        HeldPort soc = new HeldPort();
        Receiver other = Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, into(network))) {
      Path integrations = folder.resolve("siem-integrations.yaml");
      Files.writeString(
          integrations,
          Files.readString(example.resolve("siem-integrations.yaml"))
              .replace("port: 5514", "port: " + soc)
              .replace("port: 5515", "port: " + other.port()));
      Path letters = folder.resolve("letters.ndjson");
      try (Program program =
          Program.start(
              Main.class.getName(),
              Map.of(
                  "siem.receiver",
                  "tcp://127.0.0.1:" + soc,
                  "siem.syslog.port",
                  syslog.toString(),
                  "siem.mapping",
                  "classpath:dev/camelsiem/cef/" + mapping,
                  "siem.integrations",
                  integrations.toString(),
                  "siem.deadletters",
                  "kamelet:siem-deadletter-sink?path=" + letters,
                  "siem.data",
                  folder.resolve("data").toString()),
              example.toString())) {
        SyslogSender.send(syslog.number(), Files.readAllBytes(example.resolve("events.log")));

        List<String> wanted = lines.stream().filter(line -> !line.contains("cat=Net")).toList();
        assertThat(program.awaitOut(wanted.size())).isEqualTo(wanted);
        List<String> severe =
            lines.stream()
                .filter(line -> line.contains("|3|") && line.contains("cat=Net"))
                .toList();
        assertThat(severe).isNotEmpty().hasSizeLessThan(lines.size() - wanted.size());
        await().atMost(LONG).until(() -> network.size() >= severe.size());
        assertThat(network).isEqualTo(severe);
        assertThat(Files.readAllLines(letters))
            .singleElement()
            .asString()
            .contains("no_rule_matched", "systemd");
      }
    }
  }

  /** A line of the profile {@code extended} without its end, which hangs on the file read. */
  private static String withoutEventId(String line) {
    int at = line.lastIndexOf(" externalId=");
    assertThat(at).as("the event id in %s", line).isPositive();
    assertThat(line.indexOf(' ', at + 1)).as("what follows the event id in %s", line).isNegative();
    return line.substring(0, at);
  }

  @Test
  void aJavaProgramEmbedsThePipeline() throws Exception {
    Path example = Path.of("examples/03-embedded-java");
    List<String> expected = Files.readAllLines(example.resolve("expected.cef"));
    List<String> received = new CopyOnWriteArrayList<>();
    try (Receiver siem = Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, into(received));
        Program program =
            Program.startSource(
                example.resolve("Embedded.java"),
                Map.of(
                    "siem.port", Integer.toString(siem.port()),
                    "siem.file.checkpoint", folder.resolve("checkpoint").toString(),
                    "siem.data", folder.resolve("data").toString()))) {
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(received).as("%s", program.err()).hasSize(expected.size()));
      assertThat(received).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void aRouteDeliversToOneSiem(String protocol) throws Exception {
    List<String> expected =
        Files.readAllLines(Path.of("examples/01-container-security/expected.cef"));
    List<String> received = new CopyOnWriteArrayList<>();
    try (Receiver siem =
            protocol.equals("tcp")
                ? Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, into(received))
                : Receiver.udp("127.0.0.1", 0, Behaviour.NORMAL, into(received));
        Program program =
            Program.start(
                Main.class.getName(),
                Map.of(
                    "siem.receiver",
                    "off",
                    "siem.port",
                    Integer.toString(siem.port()),
                    "siem.data",
                    folder.resolve("data").toString(),
                    "siem." + protocol + ".checkpoint",
                    folder.resolve("checkpoint").toString()),
                "routes/container-security-" + protocol + ".camel.yaml")) {
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(received).as("%s", program.err()).hasSize(expected.size()));
      assertThat(received).isEqualTo(expected);
    }
  }

  /** Every example has a README, and the commands that it shows name files that exist. */
  @Test
  void everyExampleTellsHowToRunIt() throws IOException {
    try (Stream<Path> examples = Files.list(Path.of("examples"))) {
      assertThat(examples.filter(Files::isDirectory))
          .allSatisfy(
              example ->
                  assertThat(example.resolve("README.md"))
                      .content(StandardCharsets.UTF_8)
                      .contains("```sh"));
    }
  }

  private static MessageSink into(List<String> received) {
    return (bytes, from, to) ->
        received.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }
}
