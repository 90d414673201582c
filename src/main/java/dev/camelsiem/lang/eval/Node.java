package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.value.Operators;
import org.jspecify.annotations.Nullable;

/**
 * An expression that runs. Abstract classes, not interfaces: calls through a class's table are
 * cheaper where many kinds of nodes meet.
 */
public abstract class Node {
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

  /** This node, or its value when nothing that it depends on can change. */
  Node folded(Node... operands) {
    for (Node operand : operands) {
      if (!operand.isConstant()) {
        return this;
      }
    }
    return Reads.constant(eval(new Frame()));
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
