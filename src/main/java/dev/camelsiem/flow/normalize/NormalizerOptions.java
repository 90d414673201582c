package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.value.EvaluationLimits;

/**
 * How to normalize.
 *
 * @param documentLimits what bodies may be like
 * @param evaluationLimits what one rule may use up on one event
 * @param eventLimits what all rules together may use up on one event
 * @param outputBytes size of one normalized event
 * @param ambiguitySample of every so many normalized events one is tried on the other candidates,
 *     too, to find rules that match the same events; 1 for all, 0 for none
 * @param failuresAMinute so many failures within a minute leave a rule a small part of its budget,
 *     until a minute has passed with fewer; 0 for never
 * @param output what normalized events become
 */
public record NormalizerOptions(
    DocumentLimits documentLimits,
    EvaluationLimits evaluationLimits,
    EvaluationLimits eventLimits,
    int outputBytes,
    int ambiguitySample,
    int failuresAMinute,
    OutputForm output) {
  /** The limits of docs/limits.md. */
  public static final NormalizerOptions DEFAULT =
      new NormalizerOptions(
          DocumentLimits.DEFAULT,
          EvaluationLimits.DEFAULT,
          new EvaluationLimits(3_000_000, 8 << 20),
          1 << 20,
          1000,
          100);

  /** With JSON, without descriptions. */
  public NormalizerOptions(
      DocumentLimits documentLimits,
      EvaluationLimits evaluationLimits,
      EvaluationLimits eventLimits,
      int outputBytes,
      int ambiguitySample,
      int failuresAMinute) {
    this(
        documentLimits,
        evaluationLimits,
        eventLimits,
        outputBytes,
        ambiguitySample,
        failuresAMinute,
        new JsonForm(Describe.NONE));
  }

  /** The same with all events tried for ambiguity, for checking rule sets. */
  public NormalizerOptions checkingAmbiguity() {
    return new NormalizerOptions(
        documentLimits, evaluationLimits, eventLimits, outputBytes, 1, failuresAMinute, output);
  }

  /** The same with JSON that has descriptions; the rules should have been loaded with theirs. */
  public NormalizerOptions describing(Describe languages) {
    return writing(new JsonForm(languages));
  }

  /** The same with events that become something else. */
  public NormalizerOptions writing(OutputForm form) {
    return new NormalizerOptions(
        documentLimits,
        evaluationLimits,
        eventLimits,
        outputBytes,
        ambiguitySample,
        failuresAMinute,
        form);
  }
}
