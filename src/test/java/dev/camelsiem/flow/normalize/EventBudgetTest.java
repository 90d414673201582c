package dev.camelsiem.flow.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.value.EvaluationLimits;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one event may cost and how large it may become, whatever its rules do. */
class EventBudgetTest extends NormalizerFixture {
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
}
