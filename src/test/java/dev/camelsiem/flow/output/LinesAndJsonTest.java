package dev.camelsiem.flow.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.content.taxonomy.TaxonomyField;
import dev.camelsiem.flow.cef.BatchEncoder;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.cef.mapping.ValueType;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.describe.DescribedField;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.normalize.NamedRule;
import dev.camelsiem.flow.normalize.Normalizer;
import dev.camelsiem.flow.normalize.NormalizerOptions;
import dev.camelsiem.flow.normalize.RuleSet;
import dev.camelsiem.flow.ruleset.BatchNormalizer;
import dev.camelsiem.flow.ruleset.RuleSetLoader;
import dev.camelsiem.flow.ruleset.Unmatched;
import dev.camelsiem.json.JsonFactories;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A line made of what a rule has found is the line that is made of the event's JSON, byte by byte:
 * for the events of the shipped rules, and for hostile values in every field of the taxonomy.
 */
class LinesAndJsonTest {
  private static final long RECEIVED = 1_700_000_000_123L;
  private static final Path RULES = Path.of("rules");
  private static final ObjectMapper JSON = JsonFactories.mapper();

  private static final List<TaxonomyField> FIELDS =
      Taxonomy.standard().fields().stream()
          .filter(field -> field.setBy() == TaxonomyField.SetBy.RULE && !field.name().equals("id"))
          .toList();

  /** Sends every field of the taxonomy as a value of every type. */
  private static final CefEncoding EVERYTHING = everything();

  private static final CefEncoding NORMALIZED =
      new CefEncoding(
          CefMappings.load(CefMappings.NORMALIZED), CefOptions.builder().host("here").build());

  private static final RuleSet ECHO = echo();

  private static CefEncoding everything() {
    StringBuilder yaml =
        new StringBuilder(
            """
            mapping: everything
            header:
              vendor: {field: event_src.vendor, otherwise: Unknown}
              product: {field: event_src.title, otherwise: Unknown}
              version: "1"
            syslog:
              header: rfc5424
              host: {field: event_src.host, otherwise: "-"}
            limits: {messageBytes: {tcp: 1048576}}
            families:
              all: {ids: ["*"], name: {field: name.en, otherwise: none}, severity: {field: count, otherwise: 3}}
            extension:
            """);
    TreeSet<String> names = new TreeSet<>();
    FIELDS.forEach(field -> names.add(field.name()));
    for (DescribedField field : DescribedField.values()) {
      names.add(field.field());
    }
    int key = 0;
    for (String name : names) {
      for (ValueType type : ValueType.values()) {
        yaml.append(
            "  - {key: k%d, field: %s, type: %s, outsideDictionary: true, families: [all]}%n"
                .formatted(key++, name, type.word()));
      }
    }
    try {
      Path file = Files.createTempFile("everything", ".yaml");
      Files.writeString(file, yaml);
      CefEncoding encoding =
          new CefEncoding(
              CefMappings.load(file.toString()),
              CefOptions.builder().host("here").maxMessageBytes(1 << 20).build());
      Files.delete(file);
      return encoding;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A rule that gives each field the member {@code v<its index>} of the event. */
  private static RuleSet echo() {
    StringBuilder formula = new StringBuilder("JSON = ''\nid = \"Echo\"\n");
    for (int i = 0; i < FIELDS.size(); i++) {
      formula.append("%s = $v%d%n".formatted(FIELDS.get(i).name(), i));
    }
    SourceFile file = new SourceFile("echo", formula.toString());
    var compiled = RuleCompiler.compile(file, Taxonomy.standard(), Options.FOR_PRODUCTION);
    return RuleSet.of(
        List.of(
            new NamedRule(
                "Echo", Objects.requireNonNull(compiled.rule(), () -> "" + compiled.findings()))),
        "1");
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> texts =
        Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.strings().ascii().ofMaxLength(8)),
                Tuple.of(2, Arbitraries.strings().ofMaxLength(8)),
                Tuple.of(
                    6,
                    Arbitraries.of(
                        "=",
                        "|",
                        "\\",
                        "\r\n",
                        " ",
                        "\t",
                        "\u0000",
                        "\u00a0",
                        "\u2028",
                        "\ufeff",
                        "\ud83d\ude00",
                        " cs1=x",
                        "CEF:0|a|b|c|d|e|5|x=y",
                        "\u00e9",
                        "\u007f")))
            .list()
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    Arbitrary<Object> typed =
        Arbitraries.of(
            "2024-05-06T07:08:09.123+03:00",
            "2024-05-06T07:08:09Z",
            "1969-07-20T20:17:40Z",
            "1601-01-01T00:00:00Z",
            "May  6 07:08:09",
            "10.0.0.9",
            "::ffff:10.0.0.9",
            "FE80::1",
            " 10.0.0.1 ",
            "00-1B-44-11-3A-B7",
            "0x1f",
            "-12.50",
            "1e3",
            "",
            "info",
            true,
            false,
            0,
            65_535,
            33_188,
            -1,
            1_700_000_000_000L,
            Long.MAX_VALUE,
            1.25,
            new java.math.BigDecimal("123456789012345678901234567890.5"),
            List.of(),
            List.of("a b", 1, List.of("x"), Map.of("y", 1), "\u00e9=|", true),
            Map.of("a", 1));
    return Arbitraries.frequencyOf(Tuple.of(3, texts), Tuple.of(3, typed));
  }

  @Provide
  Arbitrary<List<Object>> events() {
    return values().list().ofSize(FIELDS.size());
  }

  @Property(tries = 150, seed = "4011")
  void anyValuesInAllFields(@ForAll("events") List<Object> values) throws JsonProcessingException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      members.put("v" + i, values.get(i));
    }
    assertThat(check(ECHO, List.of(event(JSON.writeValueAsBytes(members))))).isEqualTo(1);
  }

  /** Texts of a raw event need not be UTF-8. */
  @Example
  void bytesThatAreNoText() {
    SourceFile file =
        new SourceFile(
            "bytes",
            "TEXT = '{subject=WORD} {event_src.host=UNTIL(\" \")} {reason=REST}'"
                + " event_src.vendor = $event_src.host id = \"Bytes\"");
    var compiled = RuleCompiler.compile(file, Taxonomy.standard(), Options.FOR_PRODUCTION);
    RuleSet rules =
        RuleSet.of(List.of(new NamedRule("Bytes", Objects.requireNonNull(compiled.rule()))), "1");
    List<RawEvent> events = new ArrayList<>();
    for (String text :
        List.of(
            "a h \u00ff\u00fe",
            "b \u00ff\u00c3 \u00c3(x\u00e2\u0082",
            "c CEF:\u00e2\u0082 \u00f0\u009f\u0098\u0080 \u00ed\u00a0\u0080=",
            "d " + "x\u00e2\u0082".repeat(200) + " " + "\u00f0\u009f\u0098".repeat(3000),
            "e " + "\u00ff".repeat(300) + " " + "\u00c3\u00a9\u00c3".repeat(3000))) {
      events.add(event(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
    assertThat(check(rules, events)).isEqualTo(5);
  }

  /** What was decided with one event is not taken for another that differs in what decides. */
  @Example
  void eventsOfOneRuleThatDecideDifferently() {
    SourceFile file =
        new SourceFile(
            "mixed",
            """
            TEXT = '{$a=WORD} {$o=WORD} {object.fullpath=WORD} {object.new_value=REST}'
            id = "Mixed"
            object.name = "n=1"
            object.property = "fullpath"
            importance = "low"
            if $a == "x" then
              action = "move"
              importance = "high"
            else
              action = $a
            endif
            if $o == "f" then
              object = "file"
            elif $o == "m" then
              object = "malware"
            elif $o != "none" then
              object = $o
            endif
            """);
    var compiled = RuleCompiler.compile(file, Taxonomy.standard(), Options.FOR_PRODUCTION);
    CompiledRule rule = Objects.requireNonNull(compiled.rule(), () -> "" + compiled.findings());
    RuleSet rules = RuleSet.of(List.of(new NamedRule("Mixed", rule)), "1");
    List<RawEvent> events = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (String action : List.of("x", "move", "login", "Login", "rename", "x")) {
        for (String object : List.of("f", "m", "account", "none", "file", "FILE", "session")) {
          String text = action + " " + object + " a" + round + " b=" + "c".repeat(round * 9000);
          events.add(event(text.getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
    assertThat(check(rules, events, NORMALIZED)).isEqualTo(events.size());
    assertThat(check(rules, events, EVERYTHING)).isEqualTo(events.size());
  }

  @Example
  void eventsOfTheShippedRules() throws IOException {
    RuleSetLoader.Loaded loaded = RuleSetLoader.load(List.of(RULES), true, Describe.BOTH);
    assertThat(loaded.errors()).isEmpty();
    List<RawEvent> events = new ArrayList<>();
    try (Stream<Path> files = Files.walk(RULES)) {
      for (Path file :
          files
              .filter(each -> each.getFileName().toString().startsWith("raw_"))
              .sorted()
              .toList()) {
        events.add(event(Files.readAllBytes(file)));
      }
    }
    events.addAll(List.copyOf(events)); // the second one of a kind is written otherwise
    assertThat(check(loaded.rules(), events)).isEqualTo(events.size());
    assertThat(check(loaded.rules(), events, NORMALIZED)).isEqualTo(events.size());
  }

  /** How many lines were made, each of them the same both ways. */
  private static int check(RuleSet rules, List<RawEvent> events) {
    return check(rules, events, EVERYTHING);
  }

  private static int check(RuleSet rules, List<RawEvent> events, CefEncoding encoding) {
    List<DeadLetter> letters = new ArrayList<>();
    EncodedBatch json =
        normalize(rules, NormalizerOptions.DEFAULT.describing(Describe.BOTH), events, letters);
    List<RawEvent> normalized = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      normalized.add(RawEvent.of(json, i, "test", RECEIVED));
    }
    EncodedBatch expected = new BatchEncoder(encoding).encode(normalized, letters::add);
    assertThat(letters).isEmpty();

    LineForm form = new LineForm(encoding);
    EncodedBatch lines = normalize(rules, NormalizerOptions.DEFAULT.writing(form), events, letters);
    assertThat(letters).isEmpty();
    assertThat(lines).containsExactlyElementsOf(expected);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.facts(i)).isEqualTo(expected.facts(i));
      assertThat(lines.id(i)).isEqualTo(json.id(i)).isNotNull();
    }
    return lines.size();
  }

  private static EncodedBatch normalize(
      RuleSet rules, NormalizerOptions options, List<RawEvent> events, List<DeadLetter> letters) {
    Normalizer normalizer = new Normalizer(rules, options);
    return new BatchNormalizer(normalizer, null, Unmatched.DEADLETTER)
        .normalize(events, letters::add);
  }

  private static RawEvent event(byte[] bytes) {
    return new RawEvent(bytes, 0, bytes.length, "test", 1, RECEIVED, 7, 0);
  }
}
