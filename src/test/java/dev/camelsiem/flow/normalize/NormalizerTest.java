package dev.camelsiem.flow.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.value.EvaluationLimits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NormalizerTest {
  private static final NamedRule LOGIN =
      rule("login", "TEXT = 'login of {subject.account.name=WORD} {reason=REST}'\nid = \"L\"");
  private static final NamedRule NOISE = rule("noise", "TEXT = 'noise {REST}'\ndrop");
  private static final NamedRule JSON =
      rule("json", "JSON = 'kind=a'\nCOND = $x == 1\nsrc.port = $port\nid = \"J\"");
  private static final NamedRule HUNGRY =
      rule(
          "hungry",
          "TEXT = 'eat {$t=REST}'\n$a = $t + $t $a = $a + $a $a = $a + $a $a = $a + $a\nid = $a");

  private final EncodedBatch.Builder out = new EncodedBatch.Builder(1024);

  @Test
  void theFirstRuleThatMatchesWritesItsFields() {
    NormalizerWorker worker = worker(LOGIN, NOISE, JSON);
    Outcome outcome = normalize(worker, "login of anna from home");
    assertThat(outcome).isEqualTo(new Outcome(null, "login", ""));
    assertThat(outcome.isNormalized()).isTrue();
    assertThat(normalize(worker, "{\"kind\":\"a\",\"x\":1,\"port\":\"80\"}").ruleId())
        .isEqualTo("json");
    assertThat(out.build())
        .containsExactly(
            "{\"id\":\"L\",\"reason\":\"from home\",\"subject.account.name\":\"anna\"}",
            "{\"id\":\"J\",\"src.port\":80}");
  }

  @Test
  void everyEventIsCountedOnce() {
    Normalizer normalizer = normalizer(NormalizerOptions.DEFAULT, LOGIN, NOISE, JSON);
    NormalizerWorker worker = normalizer.newWorker();
    for (String event :
        List.of(
            "login of a b",
            "login of c d",
            "noise 1",
            "other",
            "{\"kind\":\"b\"}",
            "{\"kind\":}")) {
      normalize(worker, event);
    }
    NormalizerStats stats = normalizer.stats();
    assertThat(stats.normalized()).isEqualTo(2);
    assertThat(stats.stopped(StopReason.DROPPED_BY_RULE)).isEqualTo(1);
    assertThat(stats.stopped(StopReason.NO_RULE_MATCHED)).isEqualTo(2);
    assertThat(stats.stopped(StopReason.MALFORMED)).isEqualTo(1);
    assertThat(stats.rules().keySet()).containsExactly("json", "login", "noise");
    assertThat(Objects.requireNonNull(stats.rules().get("login")).normalized()).isEqualTo(2);
    assertThat(Objects.requireNonNull(stats.rules().get("noise")).dropped()).isEqualTo(1);
  }

  @Test
  void whatNoRuleMatchesIsExplainedByTheClosestOne() {
    NormalizerWorker worker = worker(LOGIN, rule("door", "TEXT = 'login of door {NUMBER} closed'"));
    Outcome outcome = normalize(worker, "login of door x closed");
    assertThat(outcome.isNormalized()).isTrue(); // as the login of an account called door
    outcome = normalize(worker, "login of - door 7");
    assertThat(outcome.stop()).isEqualTo(StopReason.NO_RULE_MATCHED);
    assertThat(outcome.ruleId()).isEqualTo("login");
    assertThat(outcome.detail())
        .isEqualTo(
            "closest was login: expected a word of letters, digits and `_` (WORD) at offset 9,"
                + " found `- door 7`");
    assertThat(normalize(worker, "logout").detail()).isEqualTo("no rule is for such events");
    assertThat(normalize(worker(JSON), "{\"kind\":\"a\",\"x\":2}").detail())
        .isEqualTo("closest was json: its head matches, its condition does not hold");
  }

  @Test
  void reasonsOfBodiesThatCannotBeRead() {
    NormalizerWorker worker =
        normalizer(
                new NormalizerOptions(
                    new DocumentLimits(100, 2, 10, 10, 100), EvaluationLimits.DEFAULT, 1000, 0, 0),
                LOGIN,
                JSON)
            .newWorker();
    assertThat(normalize(worker, "{\"a\":[[1]]}").stop()).isEqualTo(StopReason.LIMIT_EXCEEDED);
    assertThat(normalize(worker, "x".repeat(101)).stop()).isEqualTo(StopReason.TOO_LARGE);
    byte[] latin = {'{', '"', 'a', '"', ':', '"', (byte) 0xE9, '"', '}'};
    Outcome outcome =
        worker.normalize(new RawEvent(latin, 0, latin.length, "test", 0, 0), null, out);
    assertThat(outcome.stop()).isEqualTo(StopReason.INVALID_ENCODING);
  }

  @Test
  void aRuleThatGoesOverItsBudgetFailsTheEventAndIsSuspendedWhenItDoesSoOften() {
    NormalizerOptions options =
        new NormalizerOptions(
            DocumentLimits.DEFAULT, new EvaluationLimits(10_000, 5_000), 1 << 20, 0, 3);
    Normalizer normalizer = normalizer(options, HUNGRY, LOGIN);
    NormalizerWorker worker = normalizer.newWorker();
    String event = "eat " + "x".repeat(1000);
    for (int i = 0; i < 3; i++) {
      Outcome outcome = normalize(worker, event);
      assertThat(outcome.stop()).isEqualTo(StopReason.EVALUATION_FAILED);
      assertThat(outcome.ruleId()).isEqualTo("hungry");
    }
    RuleCounters counters = Objects.requireNonNull(normalizer.stats().rules().get("hungry"));
    assertThat(counters.failed()).isEqualTo(3);
    assertThat(counters.isSuspended()).isTrue();
    assertThat(normalize(worker, event).stop()).isEqualTo(StopReason.NO_RULE_MATCHED);
    normalizer.replace(normalizer.ruleSet());
    assertThat(counters.isSuspended()).isFalse();
    assertThat(normalize(worker, event).stop()).isEqualTo(StopReason.EVALUATION_FAILED);
  }

  @Test
  void whenAFailingRuleIsFollowedByOneThatMatchesTheEventIsNotLost() {
    NormalizerOptions options =
        new NormalizerOptions(
            DocumentLimits.DEFAULT, new EvaluationLimits(10_000, 5_000), 1 << 20, 0, 0);
    NormalizerWorker worker =
        normalizer(options, HUNGRY, rule("z", "TEXT = '{REST}'\nid = \"Z\"")).newWorker();
    assertThat(normalize(worker, "eat " + "x".repeat(1000)).ruleId()).isEqualTo("z");
  }

  @Test
  void outputOverTheLimitFails() {
    NormalizerOptions options =
        new NormalizerOptions(DocumentLimits.DEFAULT, EvaluationLimits.DEFAULT, 50, 0, 0);
    Outcome outcome =
        normalize(normalizer(options, LOGIN).newWorker(), "login of a " + "x".repeat(50));
    assertThat(outcome.detail()).isEqualTo("the normalized event is larger than 50 bytes");
    assertThat(out.size()).isZero();
  }

  @Test
  void twoRulesForOneEventAreNoticed() {
    NamedRule other = rule("other", "TEXT = 'login {REST}'\nid = \"O\"");
    Normalizer normalizer =
        normalizer(NormalizerOptions.DEFAULT.checkingAmbiguity(), other, LOGIN, NOISE);
    NormalizerWorker worker = normalizer.newWorker();
    normalize(worker, "login of a b");
    normalize(worker, "login of c d");
    normalize(worker, "noise");
    assertThat(normalizer.stats().ambiguous()).isEqualTo(2);
    assertThat(normalizer.stats().ambiguousPairs()).isEqualTo(Map.of("login and other", 2L));
  }

  @Test
  void rulesAreReplacedAllAtOnce() {
    Normalizer normalizer = normalizer(NormalizerOptions.DEFAULT, LOGIN);
    NormalizerWorker worker = normalizer.newWorker();
    assertThat(normalize(worker, "login of a b").isNormalized()).isTrue();
    normalizer.replace(RuleSet.of(List.of(JSON), "2"));
    assertThat(normalizer.ruleSet().version()).isEqualTo("2");
    assertThat(normalize(worker, "login of a b").isNormalized()).isFalse();
    assertThat(Objects.requireNonNull(normalizer.stats().rules().get("login")).normalized())
        .isEqualTo(1);
  }

  @Test
  void theOrderIsThatOfTheFilesNames() {
    NamedRule first = rule("a", "TEXT = '{REST}'\nid = \"1\"");
    NamedRule second = rule("b", "TEXT = '{REST}'\nid = \"2\"");
    for (List<NamedRule> given : List.of(List.of(first, second), List.of(second, first))) {
      Normalizer normalizer = new Normalizer(RuleSet.of(given, "x"), NormalizerOptions.DEFAULT);
      assertThat(normalize(normalizer.newWorker(), "e").ruleId()).isEqualTo("a");
    }
  }

  @Test
  void idsAreUnique() {
    assertThatThrownBy(() -> RuleSet.of(List.of(LOGIN, LOGIN), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("login");
  }

  @Test
  void workersOfSeveralThreadsShareTheRules() {
    Normalizer normalizer = normalizer(NormalizerOptions.DEFAULT, LOGIN, NOISE, JSON);
    IntStream.range(0, 4)
        .parallel()
        .forEach(
            thread -> {
              NormalizerWorker worker = normalizer.newWorker();
              EncodedBatch.Builder mine = new EncodedBatch.Builder(1024);
              for (int i = 0; i < 500; i++) {
                worker.normalize(RawEvent.of("login of u" + i + " x", "t", i), null, mine);
              }
              assertThat(mine.build().get(499)).contains("\"u499\"");
            });
    assertThat(normalizer.stats().normalized()).isEqualTo(2000);
  }

  private Outcome normalize(NormalizerWorker worker, String event) {
    return worker.normalize(RawEvent.of(event, "test", 0), null, out);
  }

  private static NormalizerWorker worker(NamedRule... rules) {
    return normalizer(NormalizerOptions.DEFAULT, rules).newWorker();
  }

  private static Normalizer normalizer(NormalizerOptions options, NamedRule... rules) {
    return new Normalizer(RuleSet.of(List.of(rules), "1"), options);
  }

  private static NamedRule rule(String name, String source) {
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile(name, source), Taxonomy.standard(), Options.FOR_PRODUCTION);
    assertThat(compilation.findings()).isEmpty();
    return new NamedRule(name, Objects.requireNonNull(compilation.rule()));
  }
}
