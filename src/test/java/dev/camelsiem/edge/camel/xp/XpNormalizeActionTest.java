package dev.camelsiem.edge.camel.xp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Kamelet xp-normalize-action as a route uses it. */
@Tag("camel")
class XpNormalizeActionTest {
  private static final String RULES = "file:src/test/resources/dev/camelsiem/check/rules";
  private static final String DOOR =
      "<13>2024-05-06 07:08:09.5 gw1 gate[77]: anna opened door 5 from 10.0.0.9";
  private static final String BADGE =
      "{\"event\":\"badge\",\"user\":{\"name\":\"bob\"},\"at\":\"2024-05-06T07:08:09Z\"}";

  @TempDir Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<DeadLetter> letters = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void normalizesABatchInItsOrder() throws Exception {
    start("rules=" + RULES);
    RawEvent door = RawEvent.of(DOOR, "tcp://192.0.2.7:40000", -1);
    EncodedBatch batch =
        send(
            List.of(
                door,
                RawEvent.of("no rule for this", "file", 2),
                RawEvent.of(BADGE, "tcp://192.0.2.7:40000", -1),
                RawEvent.of("{\"a\":".repeat(100) + "1" + "}".repeat(100), "file", 4),
                RawEvent.of("x".repeat(2 << 20), "file", 5)));
    assertThat(batch).hasSize(2);
    assertThat(batch.get(0))
        .startsWith("{\"action\":\"open\"")
        .contains("\"event_src.host\":\"gw1\"")
        .doesNotContain("description.");
    assertThat(batch.get(1))
        .contains("\"event_src.host\":\"192.0.2.7\"")
        .contains("\"subject.account.name\":\"bob\"");
    assertThat(batch.facts(0)).isNull();
    assertThat(batch.id(0)).isEqualTo(door.id());
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            StopReason.NO_RULE_MATCHED, StopReason.LIMIT_EXCEEDED, StopReason.TOO_LARGE);
    assertThat(letters.get(0).detail()).contains("closest was Acme_Gate_syslog_door");
    assertThat(letters.get(0).stage()).isEqualTo("normalize");
  }

  @Test
  void readsBodiesOfOtherSteps() throws Exception {
    start("rules=" + RULES);
    assertThat(send(DOOR + "\n\n" + BADGE + "\n")).hasSize(2);
    assertThat(send(DOOR.getBytes(java.nio.charset.StandardCharsets.UTF_8))).hasSize(1);
    assertThat(send(List.of(DOOR, BADGE))).hasSize(2);
    assertThat(send(List.of())).isEmpty();
  }

  @Test
  void unmatchedEventsMayPassInAnEnvelope() throws Exception {
    start("unmatched=pass&rules=" + RULES);
    RawEvent said = RawEvent.of("say \"no\"", "udp://192.0.2.8:1", -1);
    EncodedBatch batch = send(List.of(said, RawEvent.of(DOOR, "f", 1)));
    assertThat(batch).hasSize(2);
    assertThat(batch.id(0)).isEqualTo(said.id());
    assertThat(batch.get(0))
        .startsWith("{\"body\":\"say \\\"no\\\"\",\"mime\":\"text/plain\",\"normalized\":false")
        .contains("\"recv_ipv4\":\"192.0.2.8\"");
    assertThat(letters).isEmpty();

    EncodedBatch again = send(List.of(batch.get(0)));
    assertThat(again.get(0)).isEqualTo(batch.get(0));
  }

  @Test
  void unmatchedEventsMayEndHere() throws Exception {
    start("unmatched=drop&appendix=false&rules=" + RULES);
    EncodedBatch batch = send(List.of("no", DOOR));
    assertThat(batch).hasSize(1);
    assertThat(batch.get(0)).doesNotContain("event_src.host\"");
    assertThat(letters).isEmpty();
  }

  @Test
  void theFormatMayBeSaid() throws Exception {
    start("format=text&unmatched=drop&rules=" + RULES);
    assertThat(send(List.of(BADGE, DOOR))).hasSize(1);
  }

  @Test
  void rulesMayComeFromTheClassPathAndFromSeveralPlaces() throws Exception {
    Path jar = folder.resolve("rules.jar");
    Files.write(jar, new byte[0]);
    writeJar(jar);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      context.setApplicationContextClassLoader(loader);
      start(
          "rules=RAW(classpath:dev/camelsiem/check/rules/Acme/Gate/Acme_Gate_syslog_door,"
              + "classpath:packed)");
      assertThat(send(List.of(DOOR, "packed 7"))).hasSize(2);
    }
  }

  private static void writeJar(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String entry : new String[] {"packed/", "packed/rule/"}) {
        out.putNextEntry(new JarEntry(entry));
        out.closeEntry();
      }
      out.putNextEntry(new JarEntry("packed/rule/formula.xp"));
      out.write(
          "TEXT = 'packed {object.id=NUMBER}' id = \"packed\""
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }

  @Test
  void eventsMaySayInASentenceWhatTheyAreAbout() throws Exception {
    start("describe=both&rules=" + RULES);
    assertThat(send(List.of(DOOR, BADGE)))
        .satisfiesExactly(
            door ->
                assertThat(door)
                    .contains(
                        ",\"description.en\":\"Door 5 at gw1\",\"description.ru\":\"Дверь 5 на узле"
                            + " gw1\",\"event_src.category\":"),
            badge ->
                assertThat(badge)
                    .contains("\"description.en\":\"Badge of bob\"")
                    .contains("\"description.ru\":\"Пропуск сотрудника bob\""));
  }

  @Test
  void oneLanguageIsEnough() throws Exception {
    start("describe=RU&rules=" + RULES);
    assertThat(send(DOOR).get(0)).contains("description.ru").doesNotContain("description.en");
  }

  @Test
  void linesOfAMappingComeOutWithWhatTheCategoryFilterNeeds() throws Exception {
    String mappings = mapping("gates", "Acme_Gate_syslog_*", 7) + "," + mapping("rest", "*", 2);
    start("output=cef&host=here&mapping=RAW(" + mappings + ")&rules=" + RULES);
    RawEvent door = RawEvent.of(DOOR, "tcp://192.0.2.7:40000", -1);
    EncodedBatch batch = send(List.of(door, RawEvent.of(BADGE, "tcp://192.0.2.7:40000", -1)));
    assertThat(batch)
        .containsExactly(
            "<13>1 2024-05-06T07:08:09.500Z here gates - Acme_Gate_syslog_door -"
                + " CEF:0|acme|gates|1|Acme_Gate_syslog_door|Door at|7|suser=anna msg=Door 5 at gw1",
            "<13>1 2024-05-06T07:08:09.000Z here rest - Acme_Gate_json_badge -"
                + " CEF:0|acme|rest|1|Acme_Gate_json_badge|Badge of|2|suser=bob msg=Badge of bob");
    assertThat(batch.id(0)).isEqualTo(door.id());
    assertThat(batch.facts(0))
        .isEqualTo(new EventFacts("Acme_Gate_syslog_door", "all", 7, "GATES", null, null));
    assertThat(batch.facts(1))
        .isEqualTo(new EventFacts("Acme_Gate_json_badge", "all", 2, "REST", null, null));
    assertThat(letters).isEmpty();
  }

  @Test
  void theOptionsOfLinesAreThoseOfTheKamelet() throws Exception {
    Path file = folder.resolve("options.yaml");
    Files.writeString(
        file,
        """
        mapping: options
        header: {vendor: v, product: p, version: "1"}
        syslog: {header: rfc5424, host: there}
        limits: {shorten: {characters: 1, order: [suser]}}
        families: {all: {ids: ["*"], name: n, severity: 5}}
        extension:
          - {key: suser, field: subject.account.name, profile: extended}
        """);
    start(
        "output=cef&profile=extended&appName=gate&zone=Europe/Moscow&pri=1&vendor=V&product=P"
            + "&version=2&maxMessageBytes=480&severityOverrides=RAW(Acme_Gate_syslog_door=9)"
            + "&host=here&mapping="
            + file
            + "&rules="
            + RULES);
    EncodedBatch batch = send(List.of(DOOR.replace("anna", "x".repeat(600)), DOOR));
    assertThat(batch.get(1))
        .startsWith(
            "<10>1 2024-05-06T10:08:09.500+03:00 here gate - Acme_Gate_syslog_door -"
                + " CEF:0|V|P|2|Acme_Gate_syslog_door|n|9|suser=anna");
    assertThat(batch.get(0)).contains("|suser=x externalId=");
  }

  @Test
  void whatNoMappingTakesGoesToTheDeadLettersWithItsRule() throws Exception {
    start("output=cef&mapping=" + mapping("gates", "Acme_Gate_syslog_*", 7) + "&rules=" + RULES);
    assertThat(send(List.of(BADGE, DOOR))).hasSize(1);
    assertThat(letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo(StopReason.UNKNOWN_FAMILY);
              assertThat(letter.detail())
                  .contains("the mapping is not for the id `Acme_Gate_json_badge`");
              assertThat(letter.rule()).isEqualTo("Acme_Gate_json_badge");
              assertThat(letter.event().length()).isEqualTo(BADGE.length());
            });
  }

  private String mapping(String name, String rules, int severity) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        mapping: %1$s
        rules: ["%2$s"]
        header: {vendor: {field: event_src.vendor, otherwise: acme}, product: %1$s, version: "1"}
        syslog: {header: rfc5424, priority: 13, appName: %1$s}
        categories: {%3$s: {name: %1$s}}
        families: {all: {ids: ["*"], name: {field: name.en, otherwise: x}, severity: %4$d, category: %3$s}}
        extension:
          - {key: suser, field: subject.account.name, families: [all]}
          - {key: msg, field: description.en, families: [all]}
        """
            .formatted(name, rules, name.toUpperCase(java.util.Locale.ROOT), severity));
    return file.toString();
  }

  @Test
  void severalThreadsMayUseOneStep() throws Exception {
    start("rules=" + RULES);
    List<String> batch = Collections.nCopies(200, DOOR);
    List<CompletableFuture<Integer>> sizes =
        IntStream.range(0, 20)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> send(batch).size()))
            .toList();
    for (CompletableFuture<Integer> size : sizes) {
      assertThat(size.get()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rules=file:no/such/folder            | no/such/folder:1:1: error[XP511]
          rules=classpath:no/such/folder       | there is no folder `no/such/folder` on the class path
          format=csv&rules=rules               | option format: expected auto, text, json, eventlog
          describe=de&rules=rules              | option describe: expected none, ru, en or both, found `de`
          unmatched=keep&rules=rules           | option unmatched: expected pass, drop or deadletter
          output=xml&rules=rules               | option output: expected json, cef or leef, found `xml`
          host=here&rules=rules                | option host: needs output=cef or output=leef
          mapping=m.yaml&rules=rules           | option mapping: needs output=cef or output=leef
          output=cef&describe=en&rules=rules   | option describe: with output=cef the mapping says
          output=cef&unmatched=pass&rules=rules | option unmatched: pass needs output=json
          output=cef&mapping=no.yaml&rules=rules | mapping no.yaml cannot be read
          output=cef&mapping=classpath:dev/camelsiem/cef/normalized-leef.yaml&rules=rules | `normalized-leef` makes lines of LEEF, and the output asked for is cef
          output=leef&mapping=classpath:dev/camelsiem/cef/normalized.yaml&rules=rules | `normalized` makes lines of CEF
          output=cef&pri=99&rules=rules        | option pri: expected 0..23 or none, found `99`
          """)
  void wrongOptionsFailAtTheStart(String options, String message) {
    assertThatThrownBy(() -> start(options)).hasStackTraceContaining(message);
  }

  @Test
  void rulesWithErrorsFailAtTheStart() throws Exception {
    Path rule = Files.createDirectory(folder.resolve("rule"));
    Files.writeString(rule.resolve("formula.xp"), "JSON = ''\nreason = uper($a)\n");
    assertThatThrownBy(() -> start("rules=file:" + folder))
        .hasStackTraceContaining("formula.xp:2:10: error[XP201]: unknown function `uper`")
        .hasStackTraceContaining("did you mean `upper`?");
  }

  @Test
  void brokenDescriptionsFailAtTheStartOfAStepThatDescribes() throws Exception {
    Path rule = Files.createDirectory(folder.resolve("rule"));
    Files.writeString(rule.resolve("formula.xp"), "JSON = ''\nid = \"A\"\n");
    Files.writeString(
        rule.resolve("metainfo.yaml"), "EventDescriptions:\n- Criteria: id\n  LocalizationId: a\n");
    assertThatThrownBy(() -> start("describe=en&rules=file:" + folder))
        .hasStackTraceContaining("metainfo.yaml:2:15: error[XP540]: criteria: expected `=`");
  }

  private void start(String options) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:dead").process(exchange -> letters.addAll(deadLetters(exchange)));
            from("direct:in").to("kamelet:xp-normalize-action?deadLetters=direct:dead&" + options);
          }
        });
    context.start();
  }

  @SuppressWarnings("unchecked")
  private static List<DeadLetter> deadLetters(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }

  private EncodedBatch send(Object body) {
    Exchange sent =
        context
            .createProducerTemplate()
            .send("direct:in", exchange -> exchange.getMessage().setBody(body));
    assertThat(sent.getException()).isNull();
    return sent.getMessage().getBody(EncodedBatch.class);
  }
}
