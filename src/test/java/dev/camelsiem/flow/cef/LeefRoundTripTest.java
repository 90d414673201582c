package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.cef.mapping.HeaderLimits;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.text.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the values hold: one LEEF line that comes apart into just what was sent. */
class LeefRoundTripTest {
  private static final CefMapping MAPPING =
      CefMappings.load("classpath:dev/camelsiem/flow/cef/hostile-leef.yaml");
  private static final List<String> HOSTILE =
      List.of(
          "\tsev=10",
          "\tusrName=root",
          "\t=\t",
          "\tname",
          "x09",
          "^",
          "|x09|",
          "LEEF:2.0|a|b|c|d|x09|sev=10",
          "\u00a0",
          "\u0085",
          "\u008d",
          "\u2029",
          "\ud83d");

  /** Fields of the event by the keys that they are sent under. */
  private static final Map<String, String> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("usrName", "user");
    KEYS.put("domain", "domain");
    KEYS.put("url", "url");
    KEYS.put("identHostName", "host");
    KEYS.put("file_path", "path");
    KEYS.put("msg", "message");
  }

  private static final CefMapping NORMALIZED_MAPPING =
      CefMappings.load(CefMappings.NORMALIZED_LEEF);
  private static final CefEncoding NORMALIZED =
      new CefEncoding(
          NORMALIZED_MAPPING,
          CefOptions.builder().profile("extended").eventId(false).maxMessageBytes(1 << 20).build());

  private final BatchEncoder encoder =
      new BatchEncoder(new CefEncoding(MAPPING, CefOptions.builder().header("none").build()));

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.frequencyOf(
            Tuple.of(1, RoundTripTest.hostileText()), Tuple.of(3, Arbitraries.of(HOSTILE)))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 2000, seed = "4100")
  void everyFieldComesBack(@ForAll("hostile") String value, @ForAll("hostile") String other) {
    Map<String, Object> event = Events.event("Some_rule", "severity", value.length() % 12);
    List<String> fields = new ArrayList<>(KEYS.values());
    fields.addAll(List.of("vendor", "product", "version", "number", "name"));
    int n = 0;
    for (String field : fields) {
      event.put(field, n++ % 2 == 0 ? value : other);
    }
    EncodedBatch batch = encoder.encode(List.of(Events.raw(event)), letter -> {});
    assertClean(batch);
    LeefParts parts = LeefParts.of(batch.get(0));

    assertThat(parts.header())
        .containsExactly(
            "LEEF:2.0",
            header(event, "vendor", HeaderLimits.VENDOR, "Nobody"),
            header(event, "product", HeaderLimits.PRODUCT, "Nothing"),
            header(event, "version", HeaderLimits.VERSION, "0"),
            header(event, "number", HeaderLimits.LEEF_ID, "none"));
    Map<String, String> expected = new LinkedHashMap<>();
    int severity = value.length() % 12;
    expected.put("sev", Integer.toString(severity == 11 ? 1 : Math.max(1, severity)));
    String name = plain((String) event.get("name"), limit("name"));
    expected.put("name", name.isEmpty() ? "Event" : name);
    KEYS.forEach(
        (key, field) -> {
          String text = plain((String) event.get(field), limit(key));
          if (!text.isEmpty()) {
            expected.put(key, text);
          }
        });
    assertThat(parts.attributes()).containsExactlyEntriesOf(expected);
    assertThat(Objects.requireNonNull(batch.facts(0)).severity())
        .isEqualTo(severity == 11 ? 0 : severity);
    assertRelayed(batch, parts);
  }

  /** Of normalized events every field that the mapping names holds something hostile. */
  @Property(tries = 500, seed = "4102")
  void normalizedEvents(
      @ForAll("hostile") String value,
      @ForAll("hostile") String other,
      @ForAll("objects") String object) {
    Map<String, Object> event = Events.event("Some_rule");
    int n = 0;
    for (String field : NormalizedRoundTripTest.fields(NORMALIZED)) {
      event.put(field, n++ % 2 == 0 ? value : other);
    }
    event.putAll(Map.of("time", Events.TIME, "id", "Some_rule", "object", object));
    EncodedBatch batch =
        new BatchEncoder(NORMALIZED).encode(List.of(Events.raw(event)), letter -> {});
    assertClean(batch);
    LeefParts parts = LeefParts.of(batch.get(0));
    assertThat(parts.header()).hasSize(5).doesNotContain("").endsWith("Some_rule");
    assertThat(
            NORMALIZED_MAPPING.extension().stream()
                .map(CefMapping.ExtensionKey::key)
                .collect(Collectors.toSet()))
        .containsAll(parts.attributes().keySet());
    NormalizedRoundTripTest.texts(NORMALIZED_MAPPING, event, LeefRoundTripTest::plain)
        .forEach((key, text) -> assertThat(parts.attributes().get(key)).as(key).isEqualTo(text));
  }

  @Provide
  Arbitrary<String> objects() {
    return Arbitraries.of(Taxonomy.standard().valuesOf("object"));
  }

  /** Who passes the line on finds in it what the encoder put there, and changes nothing. */
  private static void assertRelayed(EncodedBatch batch, LeefParts parts) {
    CefFacts.Result read =
        new CefFacts(List.of(MAPPING), "usrName").of(batch.array(), batch.start(0), batch.end(0));
    assertThat(read.refusal()).isNull();
    String user = parts.attributes().getOrDefault("usrName", "").strip();
    assertThat(Objects.requireNonNull(read.facts()).id()).isEqualTo(parts.header().get(4).strip());
    assertThat(read.facts().severity())
        .isEqualTo(Integer.parseInt(parts.attributes().getOrDefault("sev", "")));
    assertThat(read.facts().agentGroup()).isEqualTo(user.isEmpty() ? null : user);
    EncodedBatch passed =
        new LineRelay(List.of(MAPPING), null)
            .relay(List.of(RawEvent.of(batch, 0, "test", 0)), letter -> {});
    assertThat(passed).containsExactly(batch.get(0));
  }

  /** No control but the tabs between pairs. */
  private static void assertClean(EncodedBatch batch) {
    assertThat(Utf8.firstInvalid(batch.array(), batch.start(0), batch.end(0))).isEqualTo(-1);
    assertThat(batch.get(0).replace("\t", "").chars().filter(Character::isISOControl)).isEmpty();
  }

  private static int limit(String key) {
    return MAPPING.extension().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .orElseThrow()
        .limit();
  }

  private static String header(
      Map<String, Object> event, String field, int limit, String otherwise) {
    String raw = RoundTripTest.trim((String) event.get(field));
    if (raw.isEmpty()) {
      return otherwise;
    }
    String cut = cut(raw, limit);
    while (cut.endsWith("\\")) {
      cut = RoundTripTest.trim(cut.substring(0, cut.length() - 1));
    }
    if (cut.isEmpty()) {
      return otherwise;
    }
    return plain(cut, limit).replace('|', ' ');
  }

  /** What LEEF leaves of a value: no control, no half character. */
  private static String plain(String raw, int limit) {
    StringBuilder plain = new StringBuilder();
    cut(RoundTripTest.trim(raw), limit)
        .replace("\r\n", "\n")
        .codePoints()
        .forEach(
            c -> {
              boolean half = Character.getType(c) == Character.SURROGATE;
              plain.appendCodePoint(Character.isISOControl(c) ? ' ' : half ? '?' : c);
            });
    return plain.toString();
  }

  private static String cut(String text, int limit) {
    return text.codePointCount(0, text.length()) <= limit
        ? text
        : RoundTripTest.trim(text.substring(0, text.offsetByCodePoints(0, limit)));
  }
}
