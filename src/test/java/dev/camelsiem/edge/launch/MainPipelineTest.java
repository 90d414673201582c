package dev.camelsiem.edge.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.testing.HeldPort;
import dev.camelsiem.testing.Program;
import dev.camelsiem.testing.SyslogSender;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped pipeline as the README's first command starts it, on ports and folders of the test.
 */
@Tag("camel")
class MainPipelineTest {
  private static final Path EXAMPLE = Path.of("examples/01-container-security");

  @TempDir Path folder;

  private HeldPort receiver;
  private HeldPort http;
  private HeldPort syslog;

  @BeforeEach
  void holdPorts() throws IOException {
    receiver = new HeldPort();
    http = new HeldPort();
    syslog = new HeldPort();
  }

  @AfterEach
  void releasePorts() throws IOException {
    receiver.close();
    http.close();
    syslog.close();
  }

  @Test
  void printsTheExampleAsCefAndTakesMoreOverHttp() throws Exception {
    List<String> expected = Files.readAllLines(EXAMPLE.resolve("expected.cef"));
    try (Program pipeline = Program.start(Main.class.getName(), settings())) {
      assertThat(pipeline.awaitOut(expected.size())).isEqualTo(expected);
      pipeline.awaitErr("camel-siem ");
      pipeline.awaitErr("siem-http-source");
      pipeline.awaitErr("http://127.0.0.1:" + http + "/events  try: curl");

      HttpResponse<String> answer =
          post("{\"id\":\"API-001\",\"status\":\"Error\"\nnonsense\n" + EVENT);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.body())
          .contains("\"received\":3", "\"accepted\":1", "\"line\":1", "\"line\":2");
      assertThat(pipeline.awaitOut(expected.size() + 1).get(expected.size()))
          .isEqualTo(
              "Feb 18 10:07:28 kcs-0 CEF:0|Kaspersky|Kaspersky Container Security|2.0|API-001|API|8|"
                  + "source=kcs-api-0 suser=svc-token-7 outcome=Error reason=403");
      assertThat(Files.readString(deadLetters())).contains("\"reason\":\"malformed\"");
    }
  }

  /** Syslog text goes by way of rules to the same SIEM, beside the security events. */
  @Test
  void normalizesSyslogTextBesideThem() throws Exception {
    Path example = Path.of("examples/07-syslog-xp-cef");
    List<String> security = Files.readAllLines(EXAMPLE.resolve("expected.cef"));
    List<String> normalized = Files.readAllLines(example.resolve("expected.cef"));
    try (Program pipeline = Program.start(Main.class.getName(), settings())) {
      SyslogSender.send(syslog.number(), Files.readAllBytes(example.resolve("events.log")));
      List<String> all = new ArrayList<>(security);
      all.addAll(normalized);
      assertThat(pipeline.awaitOut(all.size())).containsExactlyInAnyOrderElementsOf(all);
      assertThat(Files.readString(deadLetters())).contains("\"reason\":\"no_rule_matched\"");
    }
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    Path input = Files.copy(EXAMPLE.resolve("events.ndjson"), folder.resolve("events.ndjson"));
    Map<String, String> settings = settings();
    settings.put("siem.file.paths", input.toString());
    int lines = Files.readAllLines(input).size();
    try (Program pipeline = Program.start(Main.class.getName(), settings)) {
      pipeline.awaitOut(lines);
      await().until(() -> Files.exists(folder.resolve("files.checkpoint")));
    }
    Files.writeString(input, EVENT + "\n", java.nio.file.StandardOpenOption.APPEND);
    try (Program pipeline = Program.start(Main.class.getName(), settings)) {
      assertThat(pipeline.awaitOut(1)).singleElement().asString().contains("|API-001|");
    }
  }

  /** Each bad event gets its reason, the port is dropped from its event, and the flow goes on. */
  @Test
  void badInputIsNamedAndTheFlowGoesOn() throws Exception {
    Path input = folder.resolve("bad.ndjson");
    try (OutputStream out = Files.newOutputStream(input)) {
      out.write("{\"id\":\"ADM-001\",\n".getBytes(StandardCharsets.UTF_8));
      byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 50; i++) {
        out.write(megabyte);
      }
      out.write(
          "\n{\"id\":\"ADM-001\",\"status\":\"Success\",\"user\":\""
              .getBytes(StandardCharsets.UTF_8));
      out.write(new byte[] {(byte) 0xC3, (byte) 0x28});
      out.write("\"}\n{\"status\":\"Success\"}\n".getBytes(StandardCharsets.UTF_8));
      out.write("{\"id\":\"XYZ-001\",\"status\":\"Success\"}\n".getBytes(StandardCharsets.UTF_8));
      out.write(
          ("{\"time\":\"2026-02-18T10:07:28Z\",\"id\":\"FNT-001\",\"mode\":\"Other\",\"sourcePort\":70000}\n"
                  + EVENT
                  + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    Map<String, String> settings = settings();
    settings.put("siem.file.paths", input.toString());
    try (Program pipeline = Program.start(Main.class.getName(), settings)) {
      assertThat(pipeline.awaitOut(2))
          .satisfiesExactly(
              event -> assertThat(event).contains("|FNT-001|").doesNotContain("spt="),
              event -> assertThat(event).contains("|API-001|"));
      String letters = Files.readString(deadLetters());
      assertThat(letters.lines()).hasSize(5);
      assertThat(letters)
          .contains(
              "\"reason\":\"malformed\"",
              "\"reason\":\"too_large\"",
              "\"reason\":\"invalid_encoding\"",
              "\"reason\":\"missing_id\"",
              "\"reason\":\"unknown_family\"");
    }
  }

  /** Nobody takes the events, and the integration may not lose any. */
  @Test
  void whatHoldsUpTheSourceIsSaidInOneLineForEachAttempt() throws Exception {
    Map<String, String> settings = settings();
    Path integrations = Path.of(settings.get("siem.integrations"));
    Files.writeString(
        integrations,
        Files.readString(integrations)
            .replace(
                "    hostName:",
                "    delivery: {quotaMegabytes: 1, whenFull: BLOCK}\n    hostName:"));
    Path input = folder.resolve("events.ndjson");
    Random random = new Random(1);
    Files.write(
        input,
        Stream.generate(() -> EVENT.replace("svc-token-7", random.ints(30).boxed().toList() + ""))
            .limit(10_000)
            .toList());
    settings.put("siem.file.paths", input.toString());
    settings.put("siem.receiver", "off");
    try (Program pipeline = Program.start(Main.class.getName(), settings)) {
      pipeline.awaitErr("(attempt 2)");
      assertThat(pipeline.err())
          .filteredOn(line -> line.contains("its policy `BLOCK` holds up all"))
          .hasSize(2)
          .allMatch(line -> line.contains("A batch of 500 events was not accepted"));
      assertThat(pipeline.err()).noneMatch(line -> line.startsWith("\tat "));
    }
  }

  @Test
  void refusesAMisspeltSetting() throws Exception {
    Path route = folder.resolve("misspelt.camel.yaml");
    Files.writeString(
        route,
        """
        - route:
            from:
              uri: kamelet:siem-file-source?paths=x&chekpoint=y
              steps:
                - to: kamelet:siem-deadletter-sink
        """);
    try (Program pipeline = Program.start(Main.class.getName(), Map.of(), route.toString())) {
      assertThat(pipeline.awaitExit()).isEqualTo(2);
      pipeline.awaitErr(
          "siem-file-source has no property `chekpoint` (did you mean `checkpoint`?)");
    }
  }

  private static final String EVENT =
      "{\"time\":\"2026-02-18T10:07:28Z\",\"id\":\"API-001\",\"status\":\"Error\",\"user\":\"svc-token-7\","
          + "\"reason\":\"403\",\"source\":\"kcs-api-0\"}";

  private Map<String, String> settings() throws IOException {
    Path integrations = folder.resolve("siem-integrations.yaml");
    String shipped = Files.readString(Path.of("routes/siem-integrations.yaml"));
    assertThat(shipped).contains("port: 5514");
    Files.writeString(integrations, shipped.replace("port: 5514", "port: " + receiver));
    return new java.util.HashMap<>(
        Map.of(
            "siem.receiver", "tcp://127.0.0.1:" + receiver,
            "siem.integrations", integrations.toString(),
            "siem.data", folder.resolve("data").toString(),
            "siem.deadletters", "kamelet:siem-deadletter-sink?path=" + deadLetters(),
            "siem.file.checkpoint", folder.resolve("files.checkpoint").toString(),
            "siem.http.port", http.toString(),
            "siem.syslog.port", syslog.toString()));
  }

  private Path deadLetters() {
    return folder.resolve("dead-letters.ndjson");
  }

  private HttpResponse<String> post(String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/events"))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
