package dev.camelsiem.check.trace;

import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.eval.EvaluationFailure;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.eval.Trace;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.DecodingProblem;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One rule meets one event, for tools.
 *
 * @param json the event that came out as one JSON object, or null
 * @param failure why the evaluation was given up, or null
 * @param problem why the body could not be decoded, or null
 */
public record RuleRun(
    RuleOutcome outcome,
    @Nullable String json,
    @Nullable String failure,
    @Nullable String problem) {

  /** Evaluates; {@code frame} holds the variables afterwards. */
  public static RuleRun of(
      CompiledRule rule, Envelope envelope, Frame frame, @Nullable Trace trace) {
    Document document =
        Document.of(envelope.array(), envelope.from(), envelope.to(), DocumentLimits.DEFAULT);
    RuleOutcome outcome = rule.evaluate(document, envelope.reception().inputs(), frame, trace);
    DecodingProblem problem = document.problem(DocumentFormat.valueOf(rule.headKind().name()));
    EvaluationFailure failure = outcome == RuleOutcome.FAILED ? frame.failure() : null;
    return new RuleRun(
        outcome,
        outcome == RuleOutcome.NORMALIZED ? json(frame) : null,
        failure == null ? null : failure.message(),
        problem == null ? null : problem.detail());
  }

  private static String json(Frame frame) {
    ByteOutput out = new ByteOutput(1024);
    frame.writeJson(out);
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }
}
