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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                    new DocumentLimits(100, 2, 10, 10, 100),
                    EvaluationLimits.DEFAULT,
                    EvaluationLimits.DEFAULT,
                    1000,
                    0,
                    0),
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

  /** Events made to fail a rule must not take the rule from all others. */
  @Test
  void aRuleThatFailsOftenGetsLessAndComesBackByItself() {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // a clock may run over
    Normalizer normalizer =
        new Normalizer(RuleSet.of(List.of(HUNGRY, LOGIN), "1"), small(3), clock::get);
    NormalizerWorker worker = normalizer.newWorker();
    String hostile = "eat " + "x".repeat(2000);
    String big = "eat " + "x".repeat(500);
    RuleCounters counters = Objects.requireNonNull(normalizer.stats().rules().get("hungry"));
    for (int i = 0; i < 1000; i++) {
      Outcome outcome = normalize(worker, hostile);
      assertThat(outcome.stop()).isEqualTo(StopReason.EVALUATION_FAILED);
      assertThat(outcome.ruleId()).isEqualTo("hungry");
      assertThat(normalize(worker, "eat bread").ruleId()).isEqualTo("hungry");
      assertThat(normalize(worker, "eat bread").isNormalized()).isTrue();
      assertThat(counters.isRestricted()).isEqualTo(i >= 2);
      assertThat(normalize(worker, big).isNormalized()).isEqualTo(i < 2);
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertThat(counters.failed()).isEqualTo(1998);
    clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(normalize(worker, big).isNormalized()).isTrue();
    assertThat(counters.isRestricted()).isFalse();
  }

  @Test
  void newRulesBeginWithTheirWholeBudget() {
    Normalizer normalizer = normalizer(small(1), HUNGRY);
    NormalizerWorker worker = normalizer.newWorker();
    normalize(worker, "eat " + "x".repeat(2000));
    RuleCounters counters = Objects.requireNonNull(normalizer.stats().rules().get("hungry"));
    assertThat(counters.isRestricted()).isTrue();
    normalizer.replace(normalizer.ruleSet());
    assertThat(counters.isRestricted()).isFalse();
  }

  /** 20,000 bytes of output a rule, in steps far more than that. */
  private static NormalizerOptions small(int failuresAMinute) {
    EvaluationLimits rule = new EvaluationLimits(100_000, 20_000);
    return new NormalizerOptions(
        DocumentLimits.DEFAULT, rule, EvaluationLimits.DEFAULT, 1 << 20, 0, failuresAMinute);
  }

  /** What one event costs must not grow with the number of rules that it can drive to the edge. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void allRulesTogetherHaveOneBudgetForAnEvent(boolean steps) {
    NamedRule[] rules = new NamedRule[100];
    String costly =
        steps
            ? "$x = regex($t, \"(?:a*){50}b\", 0) id = $x"
            : "$a = $t + $t $a = $a + $a $a = $a + $a $a = $a + $a id = $a";
    for (int i = 0; i < rules.length; i++) {
      rules[i] = rule("r%02d".formatted(i), "TEXT = 'eat {$t=REST}'\n" + costly);
    }
    EvaluationLimits rule = new EvaluationLimits(steps ? 10_000 : 1_000_000, 20_000);
    EvaluationLimits event = new EvaluationLimits(steps ? 35_000 : 1_000_000, 70_000);
    NormalizerOptions options =
        new NormalizerOptions(DocumentLimits.DEFAULT, rule, event, 1 << 20, 0, 0);
    Normalizer normalizer = normalizer(options, rules);
    NormalizerWorker worker = normalizer.newWorker();
    Outcome outcome = normalize(worker, "eat " + "a".repeat(2000));
    assertThat(outcome.stop()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(outcome.detail()).endsWith("all rules together");
    assertThat(normalizer.stats().rules().values().stream().mapToLong(RuleCounters::failed).sum())
        .isLessThan(10);
    assertThat(normalize(worker, "eat a").stop()).isNotEqualTo(StopReason.EVALUATION_FAILED);
  }

  /** Eighty assignments make more elements than there are atoms. */
  @Test
  void aListThatHoldsItselfManyTimesIsNotWrittenOut() {
    String rule =
        "TEXT = 'list {$t=REST}'\n$a = append([$t], $t) "
            + "$a = append(append(null, $a), $a) ".repeat(80)
            + "asset_ids = $a";
    NormalizerWorker worker = worker(rule("list", rule));
    assertThat(normalize(worker, "list x").detail())
        .isEqualTo("the normalized event is larger than 1048576 bytes");
    assertThat(out.size()).isZero();
    NormalizerWorker two = worker(rule("list", "TEXT = 'list {$t=REST}'\nasset_ids = [$t, $t]"));
    assertThat(normalize(two, "list x").isNormalized()).isTrue();
  }

  @Test
  void whenAFailingRuleIsFollowedByOneThatMatchesTheEventIsNotLost() {
    NormalizerOptions options =
        new NormalizerOptions(
            DocumentLimits.DEFAULT,
            new EvaluationLimits(10_000, 5_000),
            EvaluationLimits.DEFAULT,
            1 << 20,
            0,
            0);
    NormalizerWorker worker =
        normalizer(options, HUNGRY, rule("z", "TEXT = '{REST}'\nid = \"Z\"")).newWorker();
    assertThat(normalize(worker, "eat " + "x".repeat(1000)).ruleId()).isEqualTo("z");
  }

  @Test
  void outputOverTheLimitFails() {
    NormalizerOptions options =
        new NormalizerOptions(
            DocumentLimits.DEFAULT, EvaluationLimits.DEFAULT, EvaluationLimits.DEFAULT, 50, 0, 0);
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
