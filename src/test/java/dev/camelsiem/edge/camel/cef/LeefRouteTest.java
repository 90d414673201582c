package dev.camelsiem.edge.camel.cef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.edge.receiver.Behaviour;
import dev.camelsiem.edge.receiver.Collected;
import dev.camelsiem.edge.receiver.Receiver;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Security events to LEEF, through the category filter, to a socket: as they go as CEF. */
@Tag("camel")
class LeefRouteTest {
  private static final String MAPPING =
      """
      mapping: security-leef
      extends: classpath:dev/camelsiem/cef/container-security.yaml
      format: leef
      extension:
        - {key: devTime, value: time}
        - {key: sev, value: severity}
        - {key: cat, value: category}
        - {key: name, value: name}
        - {key: usrName, field: user}
        - {key: outcome, value: outcome}
      """;

  @TempDir Path folder;

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Collected collected = new Collected();
  private final List<DeadLetter> letters = new ArrayList<>();
  private String mapping = "";

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("leef.yaml");
    Files.writeString(file, MAPPING);
    mapping = "mapping=file:" + file;
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void eventsBecomeLinesAndAreFiltered() throws Exception {
    try (Receiver receiver = receiver()) {
      start("host=h&pri=16", receiver.port());
      send(
          """
          {"time":"2025-02-18T10:07:28Z","id":"API-001","status":"Success","user":"quiet"}
          {"time":"2025-02-18T10:07:28Z","id":"API-001","status":"Error","user":"a\\tsev=1\\n<13>forged"}
          {"time":"2025-02-18T10:07:28Z","id":"API-001","status":"Perhaps"}
          """);
      await().until(() -> collected.count() == 1);
      assertThat(collected.messages())
          .containsExactly(
              "<131>Feb 18 10:07:28 h LEEF:2.0|Kaspersky|Kaspersky Container Security|2.0|API-001|x09|"
                  + "devTime=1739873248000\tsev=8\tcat=API\tname=API\tusrName=a sev=1 <13>forged"
                  + "\toutcome=Error");
      assertThat(letters).extracting(DeadLetter::reason).containsExactly(StopReason.INVALID_FIELD);
    }
  }

  @Test
  void linesThatAreLeefAlreadyPassAsTheyAre() throws Exception {
    String line = "<13>Jan 18 11:07:53 h LEEF:1.0|a|b|c|API-001|usrName=a\tsev=9";
    try (Receiver receiver = receiver()) {
      start("input=cef", receiver.port());
      send(line + "\nLEEF:1.0|a|b|c|API-001|sev=3\nCEF:0|a|b|c|API-001|n|9|\n");
      await().until(() -> collected.count() == 1);
      assertThat(collected.messages()).containsExactly(line);
      assertThat(letters).extracting(DeadLetter::reason).containsExactly(StopReason.MALFORMED);
    }
  }

  private void start(String options, int port) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("direct:dead").process(exchange -> letters.addAll(deadLetters(exchange)));
            from("direct:in")
                .to("kamelet:siem-cef-action?deadLetters=direct:dead&" + mapping + "&" + options)
                .to(
                    "kamelet:siem-category-filter-action?deadLetters=direct:dead&minSeverity=7&"
                        + mapping)
                .to("kamelet:siem-syslog-sink?host=127.0.0.1&port=" + port);
          }
        });
    context.start();
  }

  @SuppressWarnings("unchecked")
  private static List<DeadLetter> deadLetters(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }

  private void send(String body) {
    Exchange sent =
        context
            .createProducerTemplate()
            .send("direct:in", exchange -> exchange.getMessage().setBody(body));
    assertThat(sent.getException()).isNull();
  }

  private Receiver receiver() throws IOException {
    return Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, collected);
  }
}
