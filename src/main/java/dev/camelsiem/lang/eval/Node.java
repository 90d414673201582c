package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.value.BudgetExceeded;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.lang.value.Operators;
import org.jspecify.annotations.Nullable;

/**
 * An expression that runs. Abstract classes, not interfaces: calls through a class's table are
 * cheaper where many kinds of nodes meet.
 */
public abstract class Node {
  /** What a rule may cost for an event is no measure for each of its constants. */
  private static final EvaluationLimits FOLDING = new EvaluationLimits(500, 8 << 10);

  Node() {}

  /** The value; null is the null of the language. */
  public abstract @Nullable Object eval(Frame frame);

  /** The value as a condition, without a box where the node knows better. */
  public boolean test(Frame frame) {
    return Operators.truth(eval(frame));
  }

  /** True when {@link #eval} always gives {@link #constant}. */
  public boolean isConstant() {
    return false;
  }

  /** The value of a constant node. */
  public @Nullable Object constant() {
    throw new IllegalStateException("not a constant: " + getClass());
  }

  /** A condition that pays for its nodes before it is decided. */
  public static Node paid(Node condition, int cost) {
    return condition.isConstant() ? condition : new Paid(condition, cost);
  }

  private static final class Paid extends Test {
    private final Node condition;
    private final int cost;

    Paid(Node condition, int cost) {
      this.condition = condition;
      this.cost = cost;
    }

    @Override
    public boolean test(Frame frame) {
      frame.budget.step(cost);
      return condition.test(frame);
    }
  }

  /** This node, or its value when nothing that it depends on can change and it costs little. */
  Node folded(Node... operands) {
    if (!areConstant(operands)) {
      return this;
    }
    try {
      return Reads.constant(eval(new Frame(FOLDING)));
    } catch (BudgetExceeded dear) {
      return this;
    }
  }

  static boolean areConstant(Node... operands) {
    for (Node operand : operands) {
      if (!operand.isConstant()) {
        return false;
      }
    }
    return true;
  }

  /** A node whose value is a condition. */
  abstract static class Test extends Node {
    @Override
    public abstract boolean test(Frame frame);

    @Override
    public final Object eval(Frame frame) {
      return test(frame);
    }
  }
}
