package dev.camelsiem.flow.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.value.EvaluationLimits;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that fails often gets less for a while. */
class RestrictedRulesTest extends NormalizerFixture {
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
}
