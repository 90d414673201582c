package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;

/** One operand of a COND's {@code and}, with what explains its result to an author. */
public final class ConditionPart {
  private final Span span;
  private final Node node;
  private final List<Span> operandSpans;
  private final List<Node> operands;

  /**
   * A part and what to show beside its result.
   *
   * @param operands whose values are worth showing
   */
  public ConditionPart(Span span, Node node, List<Span> operandSpans, List<Node> operands) {
    this.span = span;
    this.node = node;
    this.operandSpans = List.copyOf(operandSpans);
    this.operands = List.copyOf(operands);
  }

  boolean test(Frame frame, Trace trace) {
    boolean holds = node.test(frame);
    List<Trace.Operand> shown = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      shown.add(new Trace.Operand(operandSpans.get(i), operands.get(i).eval(frame)));
    }
    trace.condition(span, holds, shown);
    return holds;
  }
}
