package dev.camelsiem.check.trace;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in notes why an evaluation gave no event. */
public final class Explanation {
  private Explanation() {}

  /**
   * The notes about the step that decided, in the formula and in the event; empty when the trace
   * tells of no failure.
   *
   * @param eventName what to call the event in notes that point into it
   * @param problem why the event could not be decoded, or null
   */
  public static List<Diagnostic> of(
      SourceFile formula, List<TraceStep> steps, String eventName, @Nullable String problem) {
    TraceStep decisive = decisive(steps);
    if (decisive instanceof TraceStep.Pattern pattern && pattern.failure() != null) {
      return pattern(formula, pattern, pattern.failure(), eventName);
    }
    if (decisive instanceof TraceStep.Condition condition) {
      return List.of(condition(formula, condition));
    }
    if (decisive instanceof TraceStep.Structured structured) {
      return List.of(head(formula, structured, problem));
    }
    if (decisive instanceof TraceStep.Dropped dropped) {
      return List.of(TraceCode.DROPPED_HERE.at(formula, dropped.statement()));
    }
    return List.of();
  }

  /** A structured head that did not match. */
  public static Diagnostic head(
      SourceFile formula, TraceStep.Structured head, @Nullable String problem) {
    return TraceCode.HEAD_REFUSES
        .at(formula, head.head(), problem == null ? "" : ": " + problem)
        .withHint(problem == null ? "its path condition does not hold for the event" : null);
  }

  /** The last failure before the first assignment of the body, or the drop. */
  private static @Nullable TraceStep decisive(List<TraceStep> steps) {
    TraceStep failure = null;
    for (TraceStep step : steps) {
      if (step instanceof TraceStep.Dropped) {
        return step;
      }
      if (isFailure(step)) {
        failure = step;
      }
    }
    return failure;
  }

  private static boolean isFailure(TraceStep step) {
    return (step instanceof TraceStep.Pattern pattern && pattern.failure() != null)
        || (step instanceof TraceStep.Condition condition && !condition.holds())
        || (step instanceof TraceStep.Structured structured && !structured.matched());
  }

  /** Where a pattern ended, in the formula and in the text. */
  public static List<Diagnostic> pattern(
      SourceFile formula, TraceStep.Pattern pattern, TraceStep.Furthest failure, String eventName) {
    List<Diagnostic> notes = new ArrayList<>();
    if (failure.place() != null) {
      notes.add(TraceCode.EXPECTED_HERE.at(formula, failure.place(), failure.expected()));
    }
    SourceFile event = new SourceFile(eventName, pattern.text());
    int at = failure.at();
    notes.add(
        TraceCode.FITS_UP_TO_HERE
            .at(event, new Span(at, Math.min(pattern.text().length(), at + 1)))
            .withHint("expected " + failure.expected() + ", found " + found(pattern.text(), at)));
    return notes;
  }

  private static String found(String text, int at) {
    if (at >= text.length()) {
      return "the end of the text";
    }
    return "`" + ShownValues.printable(text.substring(at, Math.min(text.length(), at + 20))) + "`";
  }

  /** A false part of a condition, with the values that made it so. */
  public static Diagnostic condition(SourceFile formula, TraceStep.Condition condition) {
    StringBuilder values = new StringBuilder();
    for (TraceStep.Operand operand : condition.operands()) {
      String source =
          formula.text().substring(operand.place().from(), operand.place().to()).strip();
      if (!source.equals(operand.value())) {
        values.append(values.isEmpty() ? "" : ", ").append(source).append(" is ");
        values.append(operand.value());
      }
    }
    return TraceCode.CONDITION_FALSE
        .at(formula, condition.part())
        .withHint(values.isEmpty() ? null : values.toString());
  }
}
