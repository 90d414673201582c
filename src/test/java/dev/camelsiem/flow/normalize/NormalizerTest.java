package dev.camelsiem.flow.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.envelope.Envelope;
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
    for (int i = 0; i < 3; i++) {
      assertThat(counters.isRestricted()).isFalse();
      assertThat(normalize(worker, big).isNormalized()).isTrue();
      assertThat(normalize(worker, hostile).stop()).isEqualTo(StopReason.EVALUATION_FAILED);
    }
    assertThat(counters.isRestricted()).isTrue();
    for (int i = 0; i < 599; i++) { // failures for want of the budget do not prolong the time
      assertThat(normalize(worker, big).ruleId()).isEqualTo("hungry");
      assertThat(normalize(worker, big).stop()).isEqualTo(StopReason.EVALUATION_FAILED);
      assertThat(normalize(worker, "eat bread").isNormalized()).isTrue();
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    }
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(normalize(worker, big).isNormalized()).isTrue();
    assertThat(counters.isRestricted()).isFalse();
    assertThat(counters.failed()).isEqualTo(3 + 2 * 599);
  }

  @Test
  void whileTheAttackGoesOnUsualEventsPassAndHostileOnesCostLittle() {
    AtomicLong clock = new AtomicLong();
    Normalizer normalizer =
        new Normalizer(RuleSet.of(List.of(HUNGRY, LOGIN), "1"), small(3), clock::get);
    NormalizerWorker worker = normalizer.newWorker();
    RuleCounters counters = Objects.requireNonNull(normalizer.stats().rules().get("hungry"));
    int restricted = 0;
    for (int i = 0; i < 3000; i++) {
      assertThat(normalize(worker, "eat " + "x".repeat(2000)).isNormalized()).isFalse();
      assertThat(normalize(worker, "eat bread").isNormalized()).isTrue();
      restricted += counters.isRestricted() ? 1 : 0;
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertThat(restricted).isBetween(2980, 2999);
  }

  /** What an honest event needs of a restricted rule must not make it another rule's. */
  @ParameterizedTest
  @ValueSource(
      strings = {"TEXT = '{REST}'\ndrop", "TEXT = '{REST}'\nid = \"Z\"", "TEXT = '{WORD} x'\ndrop"})
  void whatARestrictedRuleCannotTakeIsNobodyElses(String later) {
    AtomicLong clock = new AtomicLong();
    Normalizer normalizer =
        new Normalizer(RuleSet.of(List.of(HUNGRY, rule("z", later)), "1"), small(3), clock::get);
    NormalizerWorker worker = normalizer.newWorker();
    String honest = "eat " + "x".repeat(500);
    assertThat(normalize(worker, honest).ruleId()).isEqualTo("hungry");
    for (int i = 0; i < 3; i++) {
      assertThat(normalize(worker, "eat " + "x".repeat(2000)).isNormalized())
          .isEqualTo(later.contains("id"));
    }
    Outcome outcome = normalize(worker, honest);
    assertThat(outcome.stop()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(outcome.ruleId()).isEqualTo("hungry");
    assertThat(outcome.detail()).contains("a part of its budget for a minute");
    assertThat(normalize(worker, "eat bread").ruleId()).isEqualTo("hungry");
    clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(normalize(worker, honest).isNormalized()).isTrue();
  }

  /** A failure that cost little is no reason: a restriction would spare nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$x = regex($t, \"(?:[a-z]*){200}b\", 0) id = $x",
        "$a = $t $a = $a + $a $a = $a + $a $a = $a + $a $a = $a + $a $a = $a + $a id = $a"
      })
  void failuresThatCostLittleRestrictNoRule(String body) {
    NamedRule rule = rule("cheap", "TEXT = 'eat {$t=REST}'\n" + body);
    Normalizer normalizer = normalizer(small(3), rule);
    NormalizerWorker worker = normalizer.newWorker();
    RuleCounters counters = Objects.requireNonNull(normalizer.stats().rules().get("cheap"));
    String large = body.contains("regex") ? "x".repeat(60_000) : "x".repeat(12_000);
    for (int i = 0; i < 500; i++) {
      assertThat(normalize(worker, "eat " + large).stop()).isEqualTo(StopReason.EVALUATION_FAILED);
    }
    assertThat(counters.isRestricted()).isFalse();
    assertThat(counters.failed()).isEqualTo(500);
    assertThat(normalize(worker, "eat " + "b".repeat(100)).isNormalized()).isTrue();
  }

  /** To tell what is wrong with an event is a part of what the event may cost. */
  @Test
  void anExplanationTakesNoMoreThanIsLeft() {
    NamedRule[] rules = new NamedRule[40];
    for (int i = 0; i < rules.length; i++) {
      String costly = "regex($t, \"a*b\", 0) == \"x\"";
      rules[i] =
          rule("r%02d".formatted(i), "TEXT = 'eat {$t=REST}'\nCOND = " + costly + "\nid = $t");
    }
    EvaluationLimits event = new EvaluationLimits(35_000, 1 << 20);
    Normalizer normalizer =
        normalizer(
            new NormalizerOptions(
                DocumentLimits.DEFAULT, EvaluationLimits.DEFAULT, event, 1 << 20, 0, 1),
            rules);
    NormalizerWorker worker = normalizer.newWorker();
    String text = "eat " + "a".repeat(2000);
    assertThat(normalize(worker, text).isNormalized()).isFalse();
    Outcome outcome = worker.explain(Envelope.open(RawEvent.of(text, "test", 0), null));
    assertThat(outcome.detail()).contains("not all rules were tried");
  }

  /** What is refused before it is done has cost nothing. */
  @Test
  void rulesThatAreRefusedLeaveTheirShareToTheNext() {
    NamedRule[] rules = new NamedRule[51];
    for (int i = 0; i < 50; i++) {
      rules[i] =
          rule(
              "r%02d".formatted(i),
              "TEXT = 'eat {$t=REST}'\n$x = regex($t, \"(?:[a-z]*){200}b\", 0) id = $x");
    }
    rules[50] = rule("z", "TEXT = '{REST}'\nid = \"Z\"");
    NormalizerWorker worker = worker(rules);
    assertThat(normalize(worker, "eat " + "a".repeat(60_000)).ruleId()).isEqualTo("z");
  }

  /** A rule that finds little left is not the one to blame. */
  @Test
  void aRuleIsNotBlamedForWhatThoseBeforeItHaveUsedUp() {
    NamedRule[] rules = new NamedRule[10];
    for (int i = 0; i < rules.length; i++) {
      String costly = "$x = regex($t, \"a*b\", 0) ".repeat(9) + "id = $x";
      rules[i] = rule("r%02d".formatted(i), "TEXT = 'eat {$t=REST}'\n" + costly);
    }
    EvaluationLimits rule = new EvaluationLimits(10_000, 1 << 20);
    EvaluationLimits event = new EvaluationLimits(35_000, 1 << 20);
    Normalizer normalizer =
        normalizer(
            new NormalizerOptions(DocumentLimits.DEFAULT, rule, event, 1 << 20, 0, 1), rules);
    Outcome outcome = normalize(normalizer.newWorker(), "eat " + "a".repeat(2000));
    assertThat(outcome.stop()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(outcome.detail()).contains("all rules together");
    String last = Objects.requireNonNull(outcome.ruleId()); // failed by itself, as those before it
    normalizer
        .stats()
        .rules()
        .forEach(
            (id, counters) ->
                assertThat(counters.isRestricted()).as(id).isEqualTo(id.compareTo(last) <= 0));
    assertThat(last).isLessThan("r05");
  }

  /** No budget would have been enough: that is the rule's doing, and told as such. */
  @Test
  void aRuleThatNestsTooDeeplyIsNamedThoughLittleIsLeft() {
    NamedRule eats =
        rule("a", "TEXT = 'eat {$t=REST}'\nCOND = regex($t, \"a*b\", 0) == \"b\"\nid = \"A\"");
    NamedRule deep =
        rule(
            "b",
            """
            TEXT = 'eat {$t=REST}'
            id = "D"
            submessage("TEXT", "s", $t)
            subformula "s"
            TEXT = '{$u=REST}'
            submessage("TEXT", "s", $u)
            endsubformula""");
    NamedRule takes = rule("c", "TEXT = '{REST}'\nid = \"C\"");
    EvaluationLimits rule = new EvaluationLimits(1_000_000, 1 << 20);
    EvaluationLimits event = new EvaluationLimits(1_000_100, 1 << 20);
    NormalizerOptions options =
        new NormalizerOptions(DocumentLimits.DEFAULT, rule, event, 1 << 20, 0, 0);
    Normalizer two = normalizer(options, eats, deep);
    Outcome outcome = normalize(two.newWorker(), "eat " + "a".repeat(500));
    assertThat(outcome.detail()).contains("submessages nest too deeply");
    assertThat(outcome.ruleId()).isEqualTo("b");
    assertThat(Objects.requireNonNull(two.stats().rules().get("b")).failed()).isEqualTo(1);
    NormalizerWorker three = normalizer(options, eats, deep, takes).newWorker();
    assertThat(normalize(three, "eat " + "a".repeat(500)).ruleId()).isEqualTo("c");
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
            ? "$x = regex($t, \"a*b\", 0) ".repeat(9) + "id = $x"
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
    assertThat(outcome.detail()).contains("all rules together");
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

  @Test
  void descriptionsStandInTheirAlphabeticalPlace() {
    NormalizerOptions both = NormalizerOptions.DEFAULT.describing(Describe.BOTH);
    Normalizer normalizer =
        normalizer(
            both,
            ownFields(
                "a", "TEXT = 'a {subject=REST}'\naction = \"x\" description.et = \"between\""),
            ownFields("b", "TEXT = 'b {subject=REST}'\ndescription.en = \"gone\" zone = \"z\""),
            rule("c", "TEXT = 'c'"));
    NormalizerWorker worker = normalizer.newWorker();
    for (String event : List.of("a \"1\"\\", "b 2", "c")) {
      assertThat(normalize(worker, event).isNormalized()).isTrue();
    }
    assertThat(out.build())
        .containsExactly(
            "{\"action\":\"x\",\"description.en\":\"\\\"1\\\"\\\\ x\",\"description.et\":\"between\","
                + "\"description.ru\":\"\\\"1\\\"\\\\ x\",\"name.en\":\"a\",\"name.ru\":\"a\","
                + "\"subject\":\"\\\"1\\\"\\\\\"}",
            "{\"description.en\":\"2\",\"description.ru\":\"2\",\"name.en\":\"b\",\"name.ru\":\"b\","
                + "\"subject\":\"2\",\"zone\":\"z\"}",
            "{\"description.en\":\"\",\"description.ru\":\"\",\"name.en\":\"c\",\"name.ru\":\"c\"}");
    assertThat(normalizer.stats().describedByDefault()).isEqualTo(3);
  }

  @Test
  void oneLanguageIsOneMember() {
    Normalizer russian = normalizer(NormalizerOptions.DEFAULT.describing(Describe.RU), LOGIN);
    normalize(russian.newWorker(), "login of anna");
    assertThat(out.build().get(0)).contains("description.ru").doesNotContain("description.en");
    normalize(worker(LOGIN), "login of anna");
    assertThat(out.build().get(1)).doesNotContain("description.ru");
  }

  /** Sentences count as part of the event that they describe. */
  @ParameterizedTest
  @ValueSource(ints = {30_000, 60_000, 90_000})
  void anEventWithADescriptionThatIsTooLongFails(int length) {
    NormalizerOptions options =
        new NormalizerOptions(
                DocumentLimits.DEFAULT,
                EvaluationLimits.DEFAULT,
                EvaluationLimits.DEFAULT,
                100_000,
                0,
                0)
            .describing(Describe.BOTH);
    NamedRule echo = rule("echo", "TEXT = '{subject=REST}'");
    Normalizer normalizer = normalizer(options, echo);
    NormalizerWorker worker = normalizer.newWorker();
    Outcome outcome = normalize(worker, "x".repeat(length));
    assertThat(outcome.isNormalized()).isEqualTo(length == 30_000);
    if (!outcome.isNormalized()) {
      assertThat(outcome.stop()).isEqualTo(StopReason.EVALUATION_FAILED);
      assertThat(outcome.detail()).isEqualTo("the normalized event is larger than 100000 bytes");
    }
    assertThat(normalize(worker, "short").isNormalized()).isTrue();
    assertThat(normalizer.stats().describedByDefault()).isEqualTo(normalizer.stats().normalized());
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
    Compilation compilation = compile(name, source);
    assertThat(compilation.findings()).isEmpty();
    return new NamedRule(name, Objects.requireNonNull(compilation.rule()));
  }

  /** A rule with fields that the taxonomy does not have. */
  private static NamedRule ownFields(String name, String source) {
    return new NamedRule(name, Objects.requireNonNull(compile(name, source).rule()));
  }

  private static Compilation compile(String name, String source) {
    return RuleCompiler.compile(
        new SourceFile(name, source), Taxonomy.standard(), Options.FOR_PRODUCTION);
  }
}
