package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.flow.normalize.Normalizer.Active;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.EvaluationFailure;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.eval.Trace;
import dev.camelsiem.lang.pattern.PatternWalk;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets rules look at an event, one after the other, within what is left for the event and for each
 * of them, and tells what their failures mean. Not thread-safe.
 */
final class Evaluations {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluations.class);

  private final Normalizer normalizer;
  private final Document document;
  private final PatternWalk walk;
  private final EventAllowance allowance;

  /** Whether the last evaluation could have had no more for any other event. */
  private boolean grantedWhole;

  /** Whether the last evaluation had only the part of its budget that a restriction leaves. */
  private boolean restricted;

  private boolean endsEvent;

  /**
   * @param document holds the event
   * @param walk where the patterns of the rules go on with its text
   */
  Evaluations(Normalizer normalizer, Document document, PatternWalk walk) {
    this.walk = walk;
    this.normalizer = normalizer;
    this.document = document;
    NormalizerOptions options = normalizer.options();
    this.allowance = new EventAllowance(options.eventLimits(), options.evaluationLimits());
  }

  /** The next event: everything is available again. */
  void begin() {
    allowance.begin();
    endsEvent = false;
  }

  /** True when nothing is left of the event's budget. */
  boolean isSpent() {
    return allowance.isSpent();
  }

  /** Lets a rule look at the event. */
  RuleOutcome evaluate(
      Active active, int number, EnvelopeInputs inputs, Frame into, @Nullable Trace trace) {
    restricted = normalizer.stats().isAnyRestricted() && isRestricted(active, number);
    grantedWhole = allowance.grant(into, restricted);
    into.goOnFrom(walk, number);
    RuleOutcome result = active.programs[number].run(document, inputs, into, trace);
    allowance.settle(into);
    return result;
  }

  private boolean isRestricted(Active active, int number) {
    RuleCounters counters = active.counters[number];
    if (counters.isRestricted() && counters.isOver(normalizer.clock().getAsLong())) {
      LOG.info("Rule {} has its whole budget again", active.set.get(number).id());
      return false;
    }
    return counters.isRestricted();
  }

  /**
   * What becomes of an event on which the last evaluation has failed, unless a later rule matches.
   *
   * @param before what the failure of an earlier rule has made of it, or null
   */
  Outcome failed(Active active, int number, Frame frame, @Nullable Outcome before) {
    EvaluationFailure reason = Objects.requireNonNull(frame.failure());
    boolean wanting =
        reason == EvaluationFailure.TOO_MANY_STEPS || reason == EvaluationFailure.TOO_MUCH_OUTPUT;
    if (!grantedWhole && wanting) {
      return spent(before); // it is not to blame
    }
    String id = active.set.get(number).id();
    count(active.counters[number], id, reason, frame);
    endsEvent = restricted && wanting;
    String part =
        endsEvent ? "the rule fails often and has a part of its budget for a minute: " : "";
    return new Outcome(StopReason.EVALUATION_FAILED, id, part + reason.message());
  }

  /** The event's end when no rule may look at it any more; which one failed before, if one did. */
  Outcome spent(@Nullable Outcome before) {
    endsEvent = true;
    return new Outcome(
        StopReason.EVALUATION_FAILED,
        before == null ? null : before.ruleId(),
        "all rules together have used up what they may for one event");
  }

  /**
   * Whether the last failure is the event's end: nothing is left, or the rule might have taken the
   * event with the budget that a restriction has cut. No later rule may have it then: strangers
   * would choose the rule for other people's events, and be it one that drops them.
   */
  boolean endsEvent() {
    return endsEvent;
  }

  private void count(RuleCounters counters, String id, EvaluationFailure reason, Frame frame) {
    if (reason == EvaluationFailure.INTERNAL_ERROR && counters.isFirstDefect()) {
      LOG.warn(
          "Rule {} failed on an event; this is a defect of the engine, told once for each rule",
          id,
          frame.error());
    }
    int most = normalizer.options().failuresAMinute();
    if (counters.fail(allowance.wasDear(frame), normalizer.clock().getAsLong(), most)) {
      LOG.warn(
          "Rule {} failed {} times in a minute, last because {}. It gets a part of its budget for a"
              + " minute; events that need more are dead letters meanwhile",
          id,
          most,
          reason.message());
    }
  }
}
