package dev.camelsiem.flow.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.cef.CefEncoding;
import dev.camelsiem.flow.cef.CefOptions;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.flow.normalize.NamedRule;
import dev.camelsiem.flow.normalize.Normalizer;
import dev.camelsiem.flow.normalize.NormalizerOptions;
import dev.camelsiem.flow.normalize.RuleSet;
import dev.camelsiem.flow.ruleset.BatchNormalizer;
import dev.camelsiem.flow.ruleset.RuleSetLoader;
import dev.camelsiem.flow.ruleset.Unmatched;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events that a rule has normalized when they become lines. */
class LineFormTest {
  private static final NamedRule LOGIN =
      rule("Login", "TEXT = 'login {status=WORD} {reason=REST}' id = \"L\"");

  @TempDir Path folder;
  private final List<DeadLetter> letters = new ArrayList<>();

  /** Strangers would choose the rule for other people's events, and be it one that drops them. */
  @ParameterizedTest
  @ValueSource(strings = {"TEXT = '{REST}' drop", "TEXT = '{REST}' id = \"B\""})
  void noLaterRuleGetsAnEventThatTheMappingRefuses(String later) throws IOException {
    BatchNormalizer lines = lines(LOGIN, rule("z", later));
    EncodedBatch batch =
        lines.normalize(events("login ongoing x", "login success y"), letters::add);
    assertThat(batch).containsExactly("CEF:0|v|p|1|L|n|3|reason=y");
    assertThat(letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo(StopReason.INVALID_FIELD);
              assertThat(letter.rule()).isEqualTo("Login");
            });
  }

  @Test
  void nothingOfARefusedEventIsInTheNext() throws IOException {
    BatchNormalizer lines = lines(LOGIN, rule("Short", "TEXT = 'short {status=WORD}' id = \"S\""));
    EncodedBatch batch =
        lines.normalize(
            events("login ongoing x", "short success", "login success y"), letters::add);
    assertThat(batch).containsExactly("CEF:0|v|p|1|S|n|3|", "CEF:0|v|p|1|L|n|3|reason=y");
  }

  /** Constants of one rule, each of which decides for its events alone. */
  @Test
  void eachConstantOfARuleDecides() throws IOException {
    String status = "if $w == \"good\" then status = \"success\" else status = \"failure\" endif";
    BatchNormalizer lines = lines(rule("Ends", "TEXT = '{$w=WORD}' id = \"L\" " + status));
    assertThat(lines.normalize(events("good", "bad", "good", "bad"), letters::add))
        .containsExactly(
            "CEF:0|v|p|1|L|n|3|", "CEF:0|v|p|1|L|n|7|", "CEF:0|v|p|1|L|n|3|", "CEF:0|v|p|1|L|n|7|");
  }

  /** What was written once for all events of the rule is cut like all else. */
  @Test
  void constantsOfLinesThatAreTooLongAreShortenedToo() throws IOException {
    String pairs =
        IntStream.rangeClosed(1, 4)
            .mapToObj("- {key: cs%1$d, label: l%1$d, field: action}\n  "::formatted)
            .collect(
                Collectors.joining("", "", "- {key: cat, field: reason, when: {action: [a]}}"));
    String formula = "TEXT = '{$t=REST}' id = \"L\" status = \"success\" asset_ids = [$t] ";
    NamedRule rule = rule("long", formula + "action = \"" + "r".repeat(20_000) + "\"");
    BatchNormalizer lines =
        worker(normalizer(pairs, CefOptions.builder().maxMessageBytes(8192), rule));
    EncodedBatch batch = lines.normalize(events("a", "b"), letters::add);
    assertThat(letters).isEmpty();
    assertThat(batch).hasSize(2).allMatch(line -> line.contains("rrr") && line.length() <= 8192);
    assertThat(batch.get(1)).isEqualTo(batch.get(0).replace("msg=a", "msg=b")).contains("msg=b");
  }

  /** As with JSON, which would be as large. */
  @Test
  void whatIsMadeForALineIsBounded() throws IOException {
    String all = "asset_ids = [" + "$t,".repeat(199) + "$t]";
    BatchNormalizer lines =
        lines(rule("list", "TEXT = '{$t=REST}' id = \"X\" status = \"success\" " + all));
    assertThat(lines.normalize(events("x".repeat(100_000)), letters::add)).isEmpty();
    assertThat(letters)
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo(StopReason.EVALUATION_FAILED);
              assertThat(letter.detail()).contains("larger than 1048576 bytes");
            });
  }

  /** Whatever goes to how many fields: as much is looked at as JSON may have. */
  @Test
  void oneTextInManyFieldsIsBounded() throws IOException {
    String all = "reason = $t asset_ids = [$t] text = $t action = $t object = $t subject = $t ";
    BatchNormalizer lines =
        lines(rule("many", "TEXT = '{$t=REST}' id = \"X\" status = \"success\" " + all));
    assertThat(lines.normalize(events("é".repeat(150_000)), letters::add)).hasSize(1);
    assertThat(lines.normalize(events("é".repeat(300_000)), letters::add)).isEmpty();
    assertThat(letters).hasSize(1);
  }

  @Test
  void anEventIsForgottenWithTheNext() throws IOException {
    BatchNormalizer lines = lines(LOGIN, rule("Short", "TEXT = 'short {status=WORD}' id = \"S\""));
    WeakReference<byte[]> kept = normalizeALargeOne(lines);
    for (int i = 0; i < 5; i++) {
      lines.normalize(events("short success"), letters::add);
    }
    for (int i = 0; i < 20 && kept.get() != null; i++) {
      System.gc();
    }
    assertThat(kept.get()).isNull();
  }

  private WeakReference<byte[]> normalizeALargeOne(BatchNormalizer lines) {
    byte[] large = ("login success " + "x".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    lines.normalize(List.of(new RawEvent(large, 0, large.length, "t", 1, 0, 7, 0)), letters::add);
    return new WeakReference<>(large);
  }

  /** Threads share the rules and get others meanwhile; each line is that of its event. */
  @Test
  void threadsAndNewRulesDoNotDisturbEachOther() throws IOException {
    RuleSet rules = RuleSetLoader.load(List.of(Path.of("rules")), true, Describe.EN).rules();
    RuleSet same = RuleSetLoader.load(List.of(Path.of("rules")), true, Describe.EN).rules();
    CefEncoding encoding =
        new CefEncoding(
            CefMappings.load(CefMappings.NORMALIZED), CefOptions.builder().host("h").build());
    Normalizer normalizer =
        new Normalizer(rules, NormalizerOptions.DEFAULT.writing(new LineForm(encoding)));
    List<RawEvent> events = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("rules"))) {
      for (Path file :
          files
              .filter(each -> each.getFileName().toString().startsWith("raw_"))
              .sorted()
              .toList()) {
        byte[] bytes = Files.readAllBytes(file);
        events.add(new RawEvent(bytes, 0, bytes.length, "t", 1, 1_700_000_000_000L, 7, 0));
      }
    }
    List<String> alone = new ArrayList<>();
    for (RawEvent event : events) {
      alone.addAll(worker(normalizer).normalize(List.of(event), letters::add));
    }
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, 4)
            .mapToObj(
                thread ->
                    CompletableFuture.runAsync(
                        () -> {
                          BatchNormalizer worker = worker(normalizer);
                          for (int round = 0; round < 30; round++) {
                            normalizer.replace(round % 2 == 0 ? same : rules);
                            assertThat(worker.normalize(events, letter -> {}))
                                .containsExactlyElementsOf(alone);
                          }
                        }))
            .toList();
    threads.forEach(CompletableFuture::join);
    assertThat(letters).isEmpty();
  }

  /** A rule of the same number has other fields in other places. */
  @Test
  void newRulesAreReadByTheirOwnFields() throws IOException {
    Normalizer normalizer = normalizer(LOGIN);
    BatchNormalizer worker = worker(normalizer);
    assertThat(worker.normalize(events("login success y"), letters::add))
        .containsExactly("CEF:0|v|p|1|L|n|3|reason=y");
    String other =
        "TEXT = 'login {$s=WORD} {text=REST}' action = \"a\" id = \"N\" "
            + "reason = \"why\" status = $s";
    normalizer.replace(RuleSet.of(List.of(rule("New", other)), "2"));
    assertThat(worker.normalize(events("login success y"), letters::add))
        .containsExactly("CEF:0|v|p|1|N|n|3|reason=why");
    assertThat(letters).isEmpty();
  }

  private static BatchNormalizer worker(Normalizer normalizer) {
    return new BatchNormalizer(normalizer, null, Unmatched.DEADLETTER);
  }

  private BatchNormalizer lines(NamedRule... rules) throws IOException {
    return worker(normalizer(rules));
  }

  private Normalizer normalizer(NamedRule... rules) throws IOException {
    return normalizer("- {key: reason, field: reason}", CefOptions.builder(), rules);
  }

  private Normalizer normalizer(String pairs, CefOptions.Builder options, NamedRule... rules)
      throws IOException {
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        mapping: m
        header: {vendor: v, product: p, version: "1"}
        syslog: {header: none}
        outcomes: {status: {field: status, values: {success: {token: Success}, failure: {token: Failure}}}}
        families: {all: {ids: ["*"], name: n, outcome: status, severity: {success: 3, failure: 7}}}
        extension:
          - {key: msg, field: asset_ids}
          %s
        """
            .formatted(pairs));
    CefEncoding encoding = new CefEncoding(CefMappings.load(mapping.toString()), options.build());
    LineForm form = new LineForm(encoding);
    return new Normalizer(RuleSet.of(List.of(rules), "1"), NormalizerOptions.DEFAULT.writing(form));
  }

  private static List<RawEvent> events(String... texts) {
    return Arrays.stream(texts).map(text -> RawEvent.of(text, "t", 1)).toList();
  }

  private static NamedRule rule(String id, String formula) {
    var compiled =
        RuleCompiler.compile(
            new SourceFile(id, formula), Taxonomy.standard(), Options.FOR_PRODUCTION);
    return new NamedRule(
        id, Objects.requireNonNull(compiled.rule(), () -> "" + compiled.findings()));
  }
}
