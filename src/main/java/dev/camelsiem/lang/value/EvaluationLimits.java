package dev.camelsiem.lang.value;

/**
 * What one rule may use up on one event.
 *
 * @param steps units of work; one is about 64 bytes looked at or one node evaluated, 50 ns at the
 *     worst, so that a million end within 50 milliseconds
 * @param outputBytes bytes of all the texts and lists that the evaluation makes
 */
public record EvaluationLimits(int steps, int outputBytes) {
  /** One million steps and 4 MiB. */
  public static final EvaluationLimits DEFAULT = new EvaluationLimits(1_000_000, 4 << 20);

  public EvaluationLimits {
    if (steps < 1 || outputBytes < 1) {
      throw new IllegalArgumentException("limits must be above 0");
    }
  }
}
