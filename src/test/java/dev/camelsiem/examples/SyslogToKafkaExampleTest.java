package dev.camelsiem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.edge.launch.Main;
import dev.camelsiem.testing.HeldPort;
import dev.camelsiem.testing.KafkaBroker;
import dev.camelsiem.testing.Program;
import dev.camelsiem.testing.SyslogSender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the fifth example as its README says, with a real broker. */
@Tag("camel")
class SyslogToKafkaExampleTest {
  private static final Path EXAMPLE = Path.of("examples/05-syslog-xp-kafka");

  @TempDir Path folder;

  @Test
  void syslogTextBecomesNormalizedJsonInKafka() throws Exception {
    KafkaBroker broker = KafkaBroker.shared();
    String topic = broker.newTopic("normalized", 1);
    Path letters = folder.resolve("letters.ndjson");
    List<String> expected = Files.readAllLines(EXAMPLE.resolve("expected.ndjson"));
    try (HeldPort port = new HeldPort();
        Program program =
            Program.start(
                Main.class.getName(),
                Map.of(
                    "siem.syslog.port",
                    port.toString(),
                    "siem.kafka.topic",
                    topic,
                    "siem.kafka.brokers",
                    broker.bootstrap(),
                    "siem.deadletters",
                    "kamelet:siem-deadletter-sink?path=" + letters),
                EXAMPLE.toString())) {
      SyslogSender.send(port.number(), Files.readAllBytes(EXAMPLE.resolve("events.log")));
      assertThat(broker.readLines(topic, expected.size()))
          .as("%s", program.err())
          .isEqualTo(expected);
      await()
          .untilAsserted(
              () ->
                  assertThat(Files.readAllLines(letters))
                      .hasSize(2)
                      .allMatch(line -> line.contains("no_rule_matched"))
                      .anyMatch(line -> line.contains("closest was")));
    }
  }
}
