package dev.camelsiem.edge.camel.cef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Kamelet siem-cef-action as a route uses it. */
@Tag("camel")
class CefActionTest {
  private static final String TIME = "\"time\":\"2025-02-18T10:07:28Z\"";
  private static final String ADM =
      "{" + TIME + ",\"id\":\"ADM-001\",\"status\":\"Success\",\"user\":\"admin\"}";
  private static final String ADM_CEF =
      "CEF:0|Kaspersky|Kaspersky Container Security|2.0|ADM-001|Administration|3|"
          + "suser=admin outcome=Success";

  @TempDir Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<DeadLetter> letters = new ArrayList<>();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void mapsABatchAndKeepsWhatCannotBeMapped() throws Exception {
    start("host=h");
    byte[] notUtf8 = {'{', '"', (byte) 0xC3, '"', '}'};
    Exchange sent =
        send(
            List.of(
                RawEvent.of(ADM, "file", 1),
                RawEvent.of("{\"id\":", "file", 2),
                new RawEvent(notUtf8, 0, notUtf8.length, "file", 3, 0),
                RawEvent.of("{\"status\":\"Success\"}", "file", 4),
                RawEvent.of("{\"id\":\"XX-001\",\"status\":\"Success\"}", "file", 5),
                RawEvent.of("{\"id\":\"ADM-001\",\"status\":\"Perhaps\"}", "file", 6),
                RawEvent.of("{\"a\":".repeat(100) + "1" + "}".repeat(100), "file", 7),
                RawEvent.of("\uFEFF" + ADM, "file", 8)));

    EncodedBatch batch = sent.getMessage().getBody(EncodedBatch.class);
    assertThat(batch)
        .containsExactly("Feb 18 10:07:28 h " + ADM_CEF, "Feb 18 10:07:28 h " + ADM_CEF);
    assertThat(batch.facts(0))
        .isEqualTo(new EventFacts("ADM-001", "ADM", 3, "ADMINISTRATION", null, null));
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            StopReason.MALFORMED,
            StopReason.INVALID_ENCODING,
            StopReason.MISSING_ID,
            StopReason.UNKNOWN_FAMILY,
            StopReason.INVALID_FIELD,
            StopReason.LIMIT_EXCEEDED);
    assertThat(letters).extracting(letter -> letter.event().position()).contains(2L, 7L);
    assertThat(letters.get(4).detail()).isEqualTo("status is `Perhaps`, expected Success or Error");
    assertThat(DeadLetters.rejected(sent)).isEqualTo(letters);
  }

  @ParameterizedTest
  @CsvSource({
    "zone=UTC, <134>1 2025-02-18T10:07:28.000Z hall gate - a -",
    "host=h&header=rfc3164&pri=1, <14>Feb 18 10:07:28 h"
  })
  void theMappingSaysWhatStandsInFrontUnlessAnOptionDoes(String options, String front)
      throws Exception {
    Path mapping = folder.resolve("mine.yaml");
    Files.writeString(
        mapping,
        """
        mapping: mine
        header: {vendor: Acme, product: Gate, version: "1"}
        syslog: {header: rfc5424, priority: 134, host: {field: place, otherwise: "-"}, appName: gate}
        families:
          ANY: {ids: ["*"], name: Event, severity: 3}
        extension: []
        """);
    start(options + "&mapping=file:" + mapping);
    assertThat(lines(send("{" + TIME + ",\"id\":\"a\",\"place\":\"hall\"}")))
        .containsExactly(front + " CEF:0|Acme|Gate|1|a|Event|3|");
  }

  @Test
  void takesAnObjectAnArrayAndLines() throws Exception {
    start("header=none");
    assertThat(lines(send(ADM))).containsExactly(ADM_CEF);
    assertThat(lines(send("[" + ADM + ",\n " + ADM + "]\n"))).hasSize(2);
    assertThat(lines(send(ADM + "\r\n\n" + ADM + "\n"))).hasSize(2);
    assertThat(lines(send(ADM.replace("{", "{\n  ").replace(",", ",\n  "))))
        .containsExactly(ADM_CEF);
    assertThat(lines(send(("[" + ADM + "]").getBytes(StandardCharsets.UTF_8)))).hasSize(1);
    assertThat(letters).isEmpty();
  }

  @Test
  void hasEveryOptionOfTheEncoder() throws Exception {
    start(
        "vendor=Acme&product=Guard&version=7&host=gw&zone=Europe/Moscow&pri=16&header=rfc5424"
            + "&profile=extended&severityOverrides=ADM=9,ADM-002=1");
    EncodedBatch sent =
        (EncodedBatch) send(List.of(RawEvent.of(ADM, "file", 1))).getMessage().getBody();
    assertThat(sent)
        .containsExactly(
            "<130>1 2025-02-18T13:07:28.000+03:00 gw kcs - ADM-001 - "
                + "CEF:0|Acme|Guard|7|ADM-001|Administration|9|rt=1739873248000 "
                + "cat=Administration dvchost=gw suser=admin outcome=Success externalId="
                + sent.id(0));
  }

  @Test
  void takesAMappingOfTheUser() throws Exception {
    String shipped =
        new String(
            Objects.requireNonNull(
                    getClass().getResourceAsStream("/dev/camelsiem/cef/container-security.yaml"))
                .readAllBytes(),
            StandardCharsets.UTF_8);
    Path mine = folder.resolve("mine.yaml");
    Files.writeString(
        mine,
        shipped.replace(
            "{key: suser, field: user,",
            "{key: shost, field: k8s.host.name}\n  - {key: suser, field: user,"));
    start("header=none&mapping=file:" + mine);
    String nested = ADM.replace("\"user\"", "\"k8s\":{\"host\":{\"name\":\"n1\"}},\"user\"");
    assertThat(lines(send(nested))).containsExactly(ADM_CEF.replace("suser", "shost=n1 suser"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          zone=Mars/Olympus; option zone: expected a time zone
          severityOverrides=NOPE=3; option severityOverrides: the mapping has no family `NOPE`
          severityOverrides=ADM=11; option severityOverrides: expected 0..10
          input=xml; option input: expected events or cef
          profile=full; option profile: expected kcs or extended
          pri=24; option pri: expected 0..23 or none
          header=rfc1; option header: expected none, rfc3164 or rfc5424
          host=two words; option host: expected one word
          maxMessageBytes=10; option maxMessageBytes: expected 480..1048576
          mapping=file:none.yaml; none.yaml cannot be read
          """)
  void refusesWrongOptionsAtStart(String options, String message) {
    assertThatThrownBy(() -> start(options)).hasStackTraceContaining(message);
  }

  @Test
  void relaysLinesThatAreCefAlready() throws Exception {
    start("input=cef&agentGroupKey=cs1");
    String line =
        "<134>Feb 18 10:07:28 h CEF:0|V|P|1|PM-002|x|High|dpid=1 cs1=prod cs1Label=Cluster name";
    EncodedBatch batch =
        send(line + "\nno cef\nCEF:0|a|b|c|OTHER|d|11|\n").getMessage().getBody(EncodedBatch.class);
    assertThat(batch).containsExactly(line, "CEF:0|a|b|c|OTHER|d|11|");
    assertThat(batch.facts(0))
        .isEqualTo(new EventFacts("PM-002", "PM", 8, null, "PROCESSES", "prod"));
    assertThat(batch.facts(1)).isEqualTo(new EventFacts("OTHER", "", 10, null, null, null));
    assertThat(letters).extracting(DeadLetter::reason).containsExactly(StopReason.MALFORMED);
  }

  @Test
  void keepsARelayedLineOnOneLine() throws Exception {
    start("input=cef");
    RawEvent broken = RawEvent.of("CEF:0|V|P\r\n|1|ADM-1|x|3|msg=a\nb\r\nc\rd\r\n", "tcp", 1);
    assertThat(lines(send(List.of(broken))))
        .containsExactly("CEF:0|V|P |1|ADM-1|x|3|msg=a\\nb\\nc\\rd");
  }

  private void start(String options) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:dead").process(exchange -> letters.addAll(deadLetters(exchange)));
            from("direct:in")
                .to("kamelet:siem-cef-action?deadLetters=direct:dead&" + options)
                .to("mock:out");
          }
        });
    context.start();
  }

  @SuppressWarnings("unchecked")
  private static List<DeadLetter> deadLetters(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }

  private Exchange send(Object body) {
    Exchange sent =
        context
            .createProducerTemplate()
            .send("direct:in", exchange -> exchange.getMessage().setBody(body));
    assertThat(sent.getException()).isNull();
    return sent;
  }

  private static List<String> lines(Exchange exchange) {
    return List.copyOf(exchange.getMessage().getBody(EncodedBatch.class));
  }
}
