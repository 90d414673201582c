package dev.camelsiem.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingPlanTest {
  private static final String TWO =
      """
      integrations:
        - {name: plain, address: 127.0.0.1, hostName: kcs-0}
        - {name: again, address: 127.0.0.2, hostName: kcs-0}
        - {name: marked, address: 127.0.0.3, hostName: kcs-0, pri: 16}
      """;

  @TempDir Path folder;

  private final List<DeadLetter> rejected = new ArrayList<>();

  @Test
  void encodesOnceForEachDistinctSetting() {
    List<EncodedBatch> batches =
        plan().encode(List.of(event("{\"id\":\"API-001\",\"status\":\"Success\"}")), rejected::add);

    assertThat(batches).hasSize(2);
    assertThat(batches.get(1).get(0)).isEqualTo("<134>" + batches.get(0).get(0));
    assertThat(rejected).isEmpty();
  }

  /**
   * Octet counting lets a line feed through; with line framing it would forge an event of its own.
   */
  @Test
  void aLineThatIsCefAlreadyStaysInItsFrame() {
    List<EncodedBatch> batches =
        plan()
            .encode(
                List.of(event("CEF:0|V|P|1|ADM-001|n|3|suser=x\nCEF:0|V|P|1|ADM-001|forged|0|")),
                rejected::add);

    assertThat(batches.get(0))
        .containsExactly("CEF:0|V|P|1|ADM-001|n|3|suser=x\\nCEF:0|V|P|1|ADM-001|forged|0|");
  }

  @Test
  void tellsWhatIsNeitherJsonNorCef() {
    List<EncodedBatch> batches = plan().encode(List.of(event("hello")), rejected::add);

    assertThat(batches.get(0)).isEmpty();
    assertThat(rejected)
        .singleElement()
        .extracting(DeadLetter::reason)
        .isEqualTo(StopReason.MALFORMED);
  }

  /** As with CEF: JSON is encoded, lines of the format are passed on in their frame. */
  @Test
  void integrationsTakeLeef() {
    EncodingPlan plan =
        plan(set(TWO), "src/test/resources/conformance/cef-mapping/good-leef-relay.yaml");
    List<EncodedBatch> batches =
        plan.encode(
            List.of(
                event("{\"id\":\"AUTH-1\",\"time\":\"2025-02-18T10:07:28Z\"}"),
                event("LEEF:1.0|a|b|1|AUTH-1|sev=7\tmsg=a\nLEEF:1.0|forged"),
                event("CEF:0|V|P|1|ADM-001|n|3|suser=x")),
            rejected::add);

    assertThat(batches.get(0))
        .containsExactly(
            "Feb 18 10:07:28 kcs-0 LEEF:2.0|Acme|Guard|1.0|AUTH-1|x09|sev=3",
            "LEEF:1.0|a|b|1|AUTH-1|sev=7\tmsg=a LEEF:1.0|forged");
    assertThat(batches.get(0).facts(1))
        .isEqualTo(new EventFacts("AUTH-1", "AUTH", 7, "OTHER", null, null));
    assertThat(rejected)
        .singleElement()
        .extracting(DeadLetter::detail)
        .asString()
        .startsWith("neither a JSON event nor LEEF: ");
    assertThat(plan.relay(batches.get(0), rejected::add).get(0))
        .containsExactlyElementsOf(batches.get(0));
  }

  @Test
  void everyEncodingOfAnEventHasItsId() {
    RawEvent json = event("[{\"id\":\"API-001\",\"status\":\"Success\"}]");
    RawEvent cef = event("CEF:0|V|P|1|ADM-001|n|3|suser=x");
    List<EncodedBatch> batches = plan().encode(List.of(json, cef), rejected::add);

    assertThat(batches)
        .allSatisfy(
            batch -> {
              assertThat(batch.id(0)).isEqualTo(json.id());
              assertThat(batch.id(1)).isEqualTo(cef.id());
            });
    assertThat(plan().relay(batches.get(0), rejected::add).get(1).id(0)).isEqualTo(json.id());
  }

  @Test
  void anEventWithoutFactsIsRelayedWithItsId() {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(64);
    byte[] line = "CEF:0|V|P|1|ADM-001|n|3|suser=x".getBytes(StandardCharsets.UTF_8);
    builder.add(line, 0, line.length, null, new EventId(1, 2, 3));
    builder.add(line, 0, 5, null, new EventId(1, 2, 4));
    List<EncodedBatch> batches = plan().relay(builder.build(), rejected::add);

    assertThat(batches.get(0).id(0)).isEqualTo(new EventId(1, 2, 3));
    assertThat(rejected)
        .singleElement()
        .satisfies(letter -> assertThat(letter.event().id()).isEqualTo(new EventId(1, 2, 4)));
  }

  /** Logs are full of these keys: a change of them must be meant. */
  @Test
  void theKeyOfAnEncodingOutlivesTheProcess() {
    IntegrationSet set = set(TWO);
    EncodingPlan plan = plan(set, "src/test/resources/conformance/cef-mapping/good-minimal.yaml");
    List<Integration> all = set.integrations();
    assertThat(plan.key(all.get(0))).isEqualTo(plan.key(all.get(1)));
    assertThat(plan.keys()).containsExactly(plan.key(all.get(0)), plan.key(all.get(2)));
    assertThat(plan.keys())
        .extracting(Long::toHexString)
        .containsExactly("83240ca44ce513ca", "3d6fbb968298626a");
    assertThat(plan().keys()).doesNotContainAnyElementsOf(plan.keys());
  }

  @Test
  void everySettingOfTheLineHasPartInItsKey() {
    List<String> settings =
        List.of(
            "hostName: a",
            "hostName: b",
            "pri: 1",
            "syslogTimeZone: Europe/Berlin",
            "profile: extended",
            "severityOverrides: {API: 1}",
            "severityOverrides: {API: 2}",
            "severityOverrides: {API-001: 2}",
            "maxMessageBytes: 2048",
            "vendor: a",
            "product: a",
            "version: a",
            "rfc5424: true",
            "eventId: true");
    String[] named = new String[settings.size()];
    for (int i = 0; i < named.length; i++) {
      named[i] = "name: i%d, %s".formatted(i, settings.get(i));
    }
    assertThat(plan(integrations(named), CefMappings.CONTAINER_SECURITY).keys())
        .hasSize(settings.size())
        .doesNotHaveDuplicates();
  }

  /** Lines in logs on disk are found by it: one mapping has the key that it always had. */
  @Test
  void aKeyIsOfAllMappingsInTheirOrderAndOfASingleOneAsEver() throws IOException {
    String file = mappingFile("");
    String shipped = CefMappings.CONTAINER_SECURITY;
    IntegrationSet set = integrations("name: i");
    assertThat(keys(set, file)).containsExactly(0xd44a942be3b44eb5L);
    assertThat(
            List.of(
                keys(set, file),
                keys(set, shipped),
                keys(set, file + "," + shipped),
                keys(set, shipped + "," + file)))
        .doesNotHaveDuplicates();
  }

  @Test
  void theHeaderIsTheMappingsUnlessTheIntegrationSaysOtherwise() throws IOException {
    String own =
        """
        syslog: {header: rfc5424, priority: 134, host: {field: place, otherwise: "-"}, appName: gate}
        """;
    IntegrationSet set =
        integrations(
            "name: mapped",
            "name: own, rfc5424: false, pri: 4, hostName: here",
            "name: half, rfc5424: false");
    EncodingPlan plan = plan(set, mapping(own));
    assertThat(
            encoded(plan, "{\"id\":\"A-1\",\"time\":\"2026-02-02T03:04:05Z\",\"place\":\"door\"}"))
        .containsExactly(
            "<134>1 2026-02-02T03:04:05.000Z door gate - A-1 - CEF:0|v|p|1|A-1|a|3|",
            "<38>Feb  2 03:04:05 here CEF:0|v|p|1|A-1|a|3|",
            "<134>Feb  2 03:04:05 door CEF:0|v|p|1|A-1|a|3|");
    assertThat(plan.keys()).doesNotHaveDuplicates();
  }

  /** {@code none} is no PRI, whatever the mapping has. */
  @Test
  void noPriIsAnAnswerOfItsOwn() throws IOException {
    String own = "syslog: {priority: 134, host: here}\n";
    IntegrationSet set =
        integrations("name: mapped, hostName: here", "name: none, hostName: here, pri: NONE");
    EncodingPlan plan = plan(set, mapping(own));
    assertThat(encoded(plan, "{\"id\":\"A-1\",\"time\":\"2026-02-02T03:04:05Z\"}"))
        .containsExactly(
            "<134>Feb  2 03:04:05 here CEF:0|v|p|1|A-1|a|3|",
            "Feb  2 03:04:05 here CEF:0|v|p|1|A-1|a|3|");
    assertThat(plan.keys()).doesNotHaveDuplicates();
    assertThat(plan(set, mapping("")).keys()).hasSize(1);
  }

  @Test
  void aLineIsAsLongAsItsMappingSaysForTheProtocol() throws IOException {
    String own = "limits: {messageBytes: {tcp: 1000, udp: 500}}\n";
    IntegrationSet set =
        integrations(
            "name: stream, hostName: here",
            "name: datagrams, hostName: here, protocol: UDP",
            "name: kafka, hostName: here, protocol: KAFKA, topic: t",
            "name: own, hostName: here, protocol: UDP, maxMessageBytes: 700",
            "name: same, hostName: here, maxMessageBytes: 1000");
    EncodingPlan plan = plan(set, mapping(own));
    String event = "{\"id\":\"A-1\",\"msg\":\"%s\"}";
    assertThat(encoded(plan, event.formatted("x".repeat(600))))
        .extracting(String::length)
        .satisfiesExactly(
            stream -> assertThat(stream).isGreaterThan(600),
            datagrams -> assertThat(datagrams).isLessThan(500),
            explicit -> assertThat(explicit).isGreaterThan(600));
    assertThat(encoded(plan, event.formatted("x".repeat(900))))
        .extracting(String::length)
        .satisfiesExactly(
            stream -> assertThat(stream).isGreaterThan(900),
            datagrams -> assertThat(datagrams).isLessThan(500),
            explicit -> assertThat(explicit).isLessThan(700));
    assertThat(set.integrations()).extracting(plan::index).containsExactly(0, 1, 0, 2, 0);
    assertThat(plan.keys()).doesNotHaveDuplicates();
  }

  /** A limit that is taken from the mapping is the same encoding as before when it is the same. */
  @Test
  void theKeyKnowsTheLimitOfTheMapping() throws IOException {
    IntegrationSet set =
        integrations(
            "name: unset",
            "name: set, maxMessageBytes: 16384",
            "name: datagrams, protocol: UDP",
            "name: small, maxMessageBytes: 2048");
    assertThat(plan(set, mapping("")).keys()).hasSize(2);
    CefMapping limited = mapping("limits: {messageBytes: {tcp: 1000, udp: 500}}\n");
    assertThat(plan(set, mapping(""), limited).keys()).hasSize(4).doesNotHaveDuplicates();
  }

  private CefMapping mapping(String more) throws IOException {
    return CefMappings.load(mappingFile(more));
  }

  private String mappingFile(String more) throws IOException {
    String text =
        """
        mapping: m
        header: {vendor: v, product: p, version: "1"}
        families: {A: {name: a, severity: 3}}
        extension: [{key: msg, field: msg}]
        """;
    return Files.writeString(folder.resolve("m.yaml"), text + more).toString();
  }

  /** The line of each encoding. */
  private static List<String> encoded(EncodingPlan plan, String json) {
    return plan.encode(List.of(event(json)), letter -> {}).stream()
        .map(batch -> batch.get(0))
        .toList();
  }

  private static List<Long> keys(IntegrationSet set, String mappings) {
    return new EncodingPlan(CefMappings.loadAll(mappings), null, set).keys();
  }

  @Test
  void disabledIntegrationsAreNotEncodedFor() {
    IntegrationSet set =
        set(
            """
            integrations:
              - {name: off, address: 127.0.0.1, pri: 3, enabled: false}
              - {name: on, address: 127.0.0.2, pri: 4}
            """);
    EncodingPlan plan = plan(set, CefMappings.CONTAINER_SECURITY);
    assertThat(plan.keys()).containsExactly(plan.key(set.integrations().get(1)));
    assertThat(plan.key(set.integrations().get(0))).isNotEqualTo(plan.keys().get(0));
    assertThatThrownBy(() -> plan.index(set.integrations().get(0)))
        .hasMessageContaining("not part of this plan");
    assertThat(plan.encode(List.of(event("CEF:0|V|P|1|ADM-001|n|3|x=y")), rejected::add))
        .hasSize(1);
  }

  /** Whoever is done first; and what is encoded afterwards takes nothing from it. */
  @Test
  void partsMakeTheBatchOfAllTheirEvents() {
    List<RawEvent> events =
        List.of(
            event("{\"id\":\"API-001\",\"status\":\"Success\"}"),
            event("hello"),
            event("{\"id\":\"API-002\",\"status\":\"Error\"}"),
            event("world"));
    EncodingPlan plan = plan();
    List<EncodedBatch> whole = plan.encode(events, rejected::add);
    rejected.clear();

    EncodingPlan.Part last = plan.encode(events.subList(2, 4));
    EncodingPlan.Part first = plan.encode(events.subList(0, 2));
    List<EncodedBatch> joined = plan.join(List.of(first, last), rejected::add);
    EncodingPlan.Part later =
        plan.encode(List.of(event("{\"id\":\"API-009\",\"status\":\"Error\"}")));

    assertThat(later.letters()).isEmpty();
    assertThat(joined).isEqualTo(whole);
    assertThat(joined).allSatisfy(batch -> assertThat(batch.id(1)).isEqualTo(events.get(2).id()));
    assertThat(rejected)
        .extracting(letter -> new String(letter.event().toBytes(), StandardCharsets.UTF_8))
        .containsExactly("hello", "world");
  }

  @Test
  void oneLargeEventDoesNotInflateTheBatchesAfterIt() {
    EncodingPlan plan = plan();
    RawEvent large =
        event(
            "{\"id\":\"API-001\",\"status\":\"Error\",\"reason\":\"" + "x".repeat(16_000) + "\"}");
    RawEvent small = event("{\"id\":\"API-001\",\"status\":\"Success\"}");
    plan.encode(List.of(large), rejected::add);
    EncodedBatch batch = plan.encode(Collections.nCopies(1_000, small), rejected::add).get(0);

    assertThat(batch.totalBytes()).isLessThan(200_000);
    assertThat(batch.array().length).isLessThan(2 * batch.totalBytes() + 4_097);
  }

  private static RawEvent event(String text) {
    return RawEvent.of(text, "test", 1);
  }

  private static EncodingPlan plan() {
    return plan(set(TWO), CefMappings.CONTAINER_SECURITY);
  }

  private static EncodingPlan plan(IntegrationSet set, String mapping) {
    return plan(set, CefMappings.load(mapping));
  }

  private static EncodingPlan plan(IntegrationSet set, CefMapping... mappings) {
    return new EncodingPlan(List.of(mappings), null, set);
  }

  /** Integrations with these settings, all to one address. */
  private static IntegrationSet integrations(String... settings) {
    StringBuilder yaml = new StringBuilder("integrations:\n");
    for (String each : settings) {
      yaml.append("  - {").append(each).append(", address: 127.0.0.1}\n");
    }
    return set(yaml.toString());
  }

  private static IntegrationSet set(String yaml) {
    return Objects.requireNonNull(
        IntegrationsReader.read(
                new SourceFile("test.yaml", yaml),
                Catalogue.of(CefMappings.loadAll(CefMappings.CONTAINER_SECURITY)))
            .set(),
        yaml);
  }
}
