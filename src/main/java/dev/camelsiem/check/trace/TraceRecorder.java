package dev.camelsiem.check.trace;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.eval.BranchPoint;
import dev.camelsiem.lang.eval.Trace;
import dev.camelsiem.lang.pattern.Binding;
import dev.camelsiem.lang.pattern.Match;
import dev.camelsiem.lang.pattern.TextPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an evaluation down. Serves one evaluation; not thread-safe. */
public final class TraceRecorder implements Trace {
  private static final int MOST_STEPS = 10_000;

  private final List<TraceStep> steps = new ArrayList<>();

  /** The steps so far, in order; of an endless evaluation only the beginning. */
  public List<TraceStep> steps() {
    return steps;
  }

  private void add(TraceStep step) {
    if (steps.size() < MOST_STEPS) {
      steps.add(step);
    }
  }

  @Override
  public void pattern(
      TextPattern pattern, byte[] bytes, int from, int to, Match match, boolean matched) {
    String text = text(bytes, from, to);
    List<TraceStep.Capture> captures = matched ? captures(bytes, from, match) : List.of();
    TraceStep.Furthest failure =
        matched
            ? null
            : new TraceStep.Furthest(
                text(bytes, from, Math.min(to, match.furthest())).length(),
                match.expected(),
                match.expectedSpan());
    add(new TraceStep.Pattern(text, captures, failure));
  }

  private static List<TraceStep.Capture> captures(byte[] bytes, int from, Match match) {
    List<TraceStep.Capture> captures = new ArrayList<>();
    List<Binding> bindings = match.bindings();
    for (int i = 0; i < bindings.size(); i++) {
      if (!match.isSet(i)) {
        continue;
      }
      Binding binding = bindings.get(i);
      int start = match.start(i) < 0 ? -1 : text(bytes, from, match.start(i)).length();
      int end = start < 0 ? -1 : text(bytes, from, match.end(i)).length();
      captures.add(
          new TraceStep.Capture(
              (binding.isField() ? "" : "$") + binding.name(),
              binding.span(),
              binding.token().name(),
              start,
              end,
              ShownValues.show(match.value(i))));
    }
    return captures;
  }

  @Override
  public void structured(Span head, boolean matched) {
    add(new TraceStep.Structured(head, matched));
  }

  @Override
  public void condition(Span part, boolean holds, List<Operand> operands) {
    List<TraceStep.Operand> shown = new ArrayList<>();
    for (Operand operand : operands) {
      shown.add(new TraceStep.Operand(operand.span(), ShownValues.show(operand.value())));
    }
    add(new TraceStep.Condition(part, holds, shown));
  }

  @Override
  public void assigned(
      Span statement, String target, @Nullable Object value, @Nullable Object stored) {
    add(
        new TraceStep.Assigned(
            statement, target, ShownValues.show(value), ShownValues.show(stored)));
  }

  @Override
  public void branch(BranchPoint point) {
    add(new TraceStep.Branch(point.span(), point.implicit()));
  }

  @Override
  public void submessage(Span call, @Nullable Span applied) {
    add(new TraceStep.Submessage(call, applied));
  }

  @Override
  public void dropped(Span statement) {
    add(new TraceStep.Dropped(statement));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
