package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators {@code + - * / div mod} and the sign. */
public final class Arithmetic {
  private Arithmetic() {}

  /** {@code a + b + c}, from left to right. */
  public static Node add(List<Node> operands) {
    Node[] nodes = operands.toArray(new Node[0]);
    return new Add(nodes).folded(nodes);
  }

  public static Node subtract(Node left, Node right) {
    return new Subtract(left, right).folded(left, right);
  }

  public static Node multiply(Node left, Node right) {
    return new Multiply(left, right).folded(left, right);
  }

  public static Node divide(Node left, Node right) {
    return new Divide(left, right).folded(left, right);
  }

  public static Node modulo(Node left, Node right) {
    return new Modulo(left, right).folded(left, right);
  }

  public static Node negate(Node operand) {
    return new Negate(operand).folded(operand);
  }

  /** Joins texts with one allocation, however many there are; numbers are rare. */
  private static final class Add extends Node {
    private final Node[] operands;

    Add(Node[] operands) {
      this.operands = operands;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      if (operands.length == 2) {
        Object left = operands[0].eval(frame);
        return Operators.add(frame.budget, left, operands[1].eval(frame));
      }
      @Nullable Object[] values = new @Nullable Object[operands.length];
      long length = 0;
      boolean texts = true;
      for (int i = 0; i < values.length; i++) {
        Object value = operands[i].eval(frame);
        values[i] = value;
        if (value instanceof Text text) {
          length += text.length();
        } else {
          texts &= value == null;
        }
      }
      return texts ? join(frame, values, length) : oneByOne(frame, values);
    }

    private static @Nullable Object join(Frame frame, @Nullable Object[] values, long length) {
      if (length == 0) {
        return oneByOne(frame, values);
      }
      frame.budget.output((int) Math.min(length, Integer.MAX_VALUE));
      byte[] joined = new byte[(int) length];
      int at = 0;
      for (Object value : values) {
        if (value instanceof Text text) {
          System.arraycopy(text.array(), text.from(), joined, at, text.length());
          at += text.length();
        }
      }
      return Text.of(joined);
    }

    private static @Nullable Object oneByOne(Frame frame, @Nullable Object[] values) {
      Object sum = values[0];
      for (int i = 1; i < values.length; i++) {
        sum = Operators.add(frame.budget, sum, values[i]);
      }
      return sum;
    }
  }

  private abstract static class Binary extends Node {
    private final Node left;
    private final Node right;

    Binary(Node left, Node right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public final @Nullable Object eval(Frame frame) {
      Object a = left.eval(frame);
      Object b = right.eval(frame);
      if (a instanceof BigDecimal || b instanceof BigDecimal) {
        frame.budget.step(Operators.DECIMAL_OPERATION);
      }
      return apply(a, b);
    }

    abstract @Nullable Object apply(@Nullable Object a, @Nullable Object b);
  }

  private static final class Subtract extends Binary {
    Subtract(Node left, Node right) {
      super(left, right);
    }

    @Override
    @Nullable Object apply(@Nullable Object a, @Nullable Object b) {
      return Operators.subtract(a, b);
    }
  }

  private static final class Multiply extends Binary {
    Multiply(Node left, Node right) {
      super(left, right);
    }

    @Override
    @Nullable Object apply(@Nullable Object a, @Nullable Object b) {
      return Operators.multiply(a, b);
    }
  }

  private static final class Divide extends Binary {
    Divide(Node left, Node right) {
      super(left, right);
    }

    @Override
    @Nullable Object apply(@Nullable Object a, @Nullable Object b) {
      return Operators.divide(a, b);
    }
  }

  private static final class Modulo extends Binary {
    Modulo(Node left, Node right) {
      super(left, right);
    }

    @Override
    @Nullable Object apply(@Nullable Object a, @Nullable Object b) {
      return Operators.modulo(a, b);
    }
  }

  private static final class Negate extends Node {
    private final Node operand;

    Negate(Node operand) {
      this.operand = operand;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return Operators.negate(operand.eval(frame));
    }
  }
}
