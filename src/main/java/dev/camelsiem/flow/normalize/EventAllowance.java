package dev.camelsiem.flow.normalize;

import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.value.EvaluationLimits;

/** What is left of the budget that all rules together have for one event. Not thread-safe. */
final class EventAllowance {
  /**
   * The part of its budget that a rule keeps which fails all the time, dearly: it is enough for
   * what people search for in texts of some kilobytes.
   */
  private static final int SMALL_PART = 4;

  private final EvaluationLimits event;
  private final EvaluationLimits rule;
  private int steps;
  private int outputBytes;

  EventAllowance(EvaluationLimits event, EvaluationLimits rule) {
    this.event = event;
    this.rule = rule;
    begin();
  }

  /** The next event: everything is available again. */
  final void begin() {
    steps = event.steps();
    outputBytes = event.outputBytes();
  }

  /**
   * Lets a frame have what the next rule may use up.
   *
   * @param restricted whether the rule has failed so often that it gets a part only
   * @return whether that is all that the rule can have for any event: if it is not enough, that is
   *     the rule's doing, and not that of those before it
   */
  boolean grant(Frame frame, boolean restricted) {
    int part = restricted ? SMALL_PART : 1;
    int ruleSteps = rule.steps() / part;
    int ruleOutput = rule.outputBytes() / part;
    frame.allow(Math.min(steps, ruleSteps), Math.min(outputBytes, ruleOutput));
    return steps >= ruleSteps && outputBytes >= ruleOutput;
  }

  /**
   * Whether an evaluation has used up more than a restriction would have left to it. One that has
   * not has cost little: to restrict its rule would spare nothing.
   */
  boolean wasDear(Frame frame) {
    return frame.stepsUsed() > rule.steps() / SMALL_PART
        || frame.outputUsed() > rule.outputBytes() / SMALL_PART;
  }

  /** Takes off what an evaluation has used up. */
  void settle(Frame frame) {
    steps -= frame.stepsUsed();
    outputBytes -= frame.outputUsed();
  }

  /** True when nothing is left for another rule. */
  boolean isSpent() {
    return steps <= 0 || outputBytes <= 0;
  }
}
