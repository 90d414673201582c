package dev.camelsiem.flow.normalize;

import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.value.EvaluationLimits;

/** What is left of the budget that all rules together have for one event. Not thread-safe. */
final class EventAllowance {
  /** The part of its budget that a rule keeps which fails all the time: usual events need less. */
  private static final int SMALL_PART = 20;

  private final EvaluationLimits event;
  private final EvaluationLimits rule;
  private int steps;
  private int outputBytes;

  EventAllowance(EvaluationLimits event, EvaluationLimits rule) {
    this.event = event;
    this.rule = rule;
  }

  /** The next event: everything is available again. */
  void begin() {
    steps = event.steps();
    outputBytes = event.outputBytes();
  }

  /**
   * Lets a frame have what the next rule may use up.
   *
   * @param restricted whether the rule has failed so often that it gets a part only
   */
  void grant(Frame frame, boolean restricted) {
    int part = restricted ? SMALL_PART : 1;
    frame.allow(
        Math.min(steps, rule.steps() / part), Math.min(outputBytes, rule.outputBytes() / part));
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
