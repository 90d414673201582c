package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.function.Body;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of built-in functions, by number of arguments so that none needs an array. A call pays for
 * one look at each of its texts, and for numbers that are not small; what a function does beyond
 * that it charges itself.
 */
public final class Calls {
  private Calls() {}

  /**
   * A call.
   *
   * @param body bound for as many arguments
   * @param pure the value depends on the arguments alone, so constants can be folded
   */
  public static Node call(Body body, List<Node> arguments, boolean pure) {
    Node[] nodes = arguments.toArray(new Node[0]);
    Node call = node(body, nodes);
    return pure ? call.folded(nodes) : call;
  }

  /** A call that is made by one node, but by another one when somebody watches. */
  public static Node unlessTraced(Node call, Node watched) {
    return new UnlessTraced(call, watched);
  }

  private static final class UnlessTraced extends Node {
    private final Node call;
    private final Node watched;

    UnlessTraced(Node call, Node watched) {
      this.call = call;
      this.watched = watched;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return (frame.trace() == null ? call : watched).eval(frame);
    }
  }

  private static @Nullable Object charged(Node argument, Frame frame) {
    Object value = argument.eval(frame);
    if (value instanceof Text text) {
      frame.budget.scan(text.length());
    } else if (value instanceof BigDecimal) {
      frame.budget.step(Operators.DECIMAL_OPERATION);
    }
    return value;
  }

  private static Node node(Body body, Node[] arguments) {
    if (body instanceof Body.Body1 body1) {
      return new Call1(body1, arguments[0]);
    }
    if (body instanceof Body.Body2 body2) {
      return new Call2(body2, arguments[0], arguments[1]);
    }
    if (body instanceof Body.Body3 body3) {
      return new Call3(body3, arguments[0], arguments[1], arguments[2]);
    }
    if (body instanceof Body.Body4 body4) {
      return new Call4(body4, arguments);
    }
    return new CallN((Body.BodyN) body, arguments);
  }

  private static final class Call1 extends Node {
    private final Body.Body1 body;
    private final Node a;

    Call1(Body.Body1 body, Node a) {
      this.body = body;
      this.a = a;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return body.apply(frame.budget, charged(a, frame));
    }
  }

  private static final class Call2 extends Node {
    private final Body.Body2 body;
    private final Node a;
    private final Node b;

    Call2(Body.Body2 body, Node a, Node b) {
      this.body = body;
      this.a = a;
      this.b = b;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return body.apply(frame.budget, charged(a, frame), charged(b, frame));
    }
  }

  private static final class Call3 extends Node {
    private final Body.Body3 body;
    private final Node a;
    private final Node b;
    private final Node c;

    Call3(Body.Body3 body, Node a, Node b, Node c) {
      this.body = body;
      this.a = a;
      this.b = b;
      this.c = c;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return body.apply(frame.budget, charged(a, frame), charged(b, frame), charged(c, frame));
    }
  }

  private static final class Call4 extends Node {
    private final Body.Body4 body;
    private final Node[] arguments;

    Call4(Body.Body4 body, Node[] arguments) {
      this.body = body;
      this.arguments = arguments;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      return body.apply(
          frame.budget,
          charged(arguments[0], frame),
          charged(arguments[1], frame),
          charged(arguments[2], frame),
          charged(arguments[3], frame));
    }
  }

  private static final class CallN extends Node {
    private final Body.BodyN body;
    private final Node[] arguments;

    CallN(Body.BodyN body, Node[] arguments) {
      this.body = body;
      this.arguments = arguments;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      @Nullable Object[] values = new @Nullable Object[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = charged(arguments[i], frame);
      }
      return body.apply(frame.budget, values);
    }
  }
}
