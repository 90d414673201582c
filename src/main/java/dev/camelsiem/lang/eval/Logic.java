package dev.camelsiem.lang.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code and}, {@code or}, {@code not}, and the choices: {@code if} and {@code switch} values. */
public final class Logic {
  private Logic() {}

  /** True when all parts are, tried from left to right. */
  public static Node and(List<Node> parts) {
    Node[] nodes = parts.toArray(new Node[0]);
    return (nodes.length == 2 ? new And2(nodes[0], nodes[1]) : new And(nodes)).folded(nodes);
  }

  /** True when one of the parts is, tried from left to right. */
  public static Node or(List<Node> parts) {
    Node[] nodes = parts.toArray(new Node[0]);
    return new Or(nodes).folded(nodes);
  }

  public static Node not(Node operand) {
    return new Not(operand).folded(operand);
  }

  /** The value after the first condition that holds, else the last value. */
  public static Node choose(
      List<Node> conditions, List<Node> values, Node otherwise, List<BranchPoint> points) {
    return new Choose(
        conditions.toArray(new Node[0]),
        values.toArray(new Node[0]),
        otherwise,
        points.toArray(new BranchPoint[0]));
  }

  /** The value of the first case that equals the subject, else the last value. */
  public static Node select(
      Node subject, CaseTable cases, List<Node> values, Node otherwise, List<BranchPoint> points) {
    return new Select(
        subject, cases, values.toArray(new Node[0]), otherwise, points.toArray(new BranchPoint[0]));
  }

  /** The first value that is not null; those behind it are not asked for. */
  public static Node coalesce(List<Node> values) {
    Node[] nodes =
        values.stream()
            .filter(node -> !node.isConstant() || node.constant() != null)
            .toArray(Node[]::new);
    return nodes.length == 1 ? nodes[0] : new Coalesce(nodes).folded(nodes);
  }

  private static final class Coalesce extends Node {
    private final Node[] values;

    Coalesce(Node[] values) {
      this.values = values;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      for (Node node : values) {
        Object value = node.eval(frame);
        if (value != null) {
          return value;
        }
      }
      return null;
    }
  }

  private static final class And2 extends Node.Test {
    private final Node left;
    private final Node right;

    And2(Node left, Node right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public boolean test(Frame frame) {
      return left.test(frame) && right.test(frame);
    }
  }

  private static final class And extends Node.Test {
    private final Node[] parts;

    And(Node[] parts) {
      this.parts = parts;
    }

    @Override
    public boolean test(Frame frame) {
      for (Node part : parts) {
        if (!part.test(frame)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final class Or extends Node.Test {
    private final Node[] parts;

    Or(Node[] parts) {
      this.parts = parts;
    }

    @Override
    public boolean test(Frame frame) {
      for (Node part : parts) {
        if (part.test(frame)) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class Not extends Node.Test {
    private final Node operand;

    Not(Node operand) {
      this.operand = operand;
    }

    @Override
    public boolean test(Frame frame) {
      return !operand.test(frame);
    }
  }

  private static final class Choose extends Node {
    private final Node[] conditions;
    private final Node[] values;
    private final Node otherwise;
    private final BranchPoint[] points;

    Choose(Node[] conditions, Node[] values, Node otherwise, BranchPoint[] points) {
      this.conditions = conditions;
      this.values = values;
      this.otherwise = otherwise;
      this.points = points;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      for (int i = 0; i < conditions.length; i++) {
        if (conditions[i].test(frame)) {
          frame.taken(points[i]);
          return values[i].eval(frame);
        }
      }
      frame.taken(points[conditions.length]);
      return otherwise.eval(frame);
    }
  }

  private static final class Select extends Node {
    private final Node subject;
    private final CaseTable cases;
    private final Node[] values;
    private final Node otherwise;
    private final BranchPoint[] points;

    Select(Node subject, CaseTable cases, Node[] values, Node otherwise, BranchPoint[] points) {
      this.subject = subject;
      this.cases = cases;
      this.values = values;
      this.otherwise = otherwise;
      this.points = points;
    }

    @Override
    public @Nullable Object eval(Frame frame) {
      int found = cases.find(subject.eval(frame), frame);
      frame.taken(points[found < 0 ? values.length : found]);
      return found < 0 ? otherwise.eval(frame) : values[found].eval(frame);
    }
  }
}
