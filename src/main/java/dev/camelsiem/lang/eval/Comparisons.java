package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Comparisons, and the calls that are comparisons in disguise: {@code in_list}, containment. */
public final class Comparisons {
  /** Of plain values, one after the other. */
  static final int COMPARISONS_A_STEP = 8;

  private Comparisons() {}

  /** {@code ==}. */
  public static Node equal(Node left, Node right) {
    if (left.isConstant() && !right.isConstant()) {
      return equal(right, left);
    }
    if (!right.isConstant()) {
      return new Equal(left, right);
    }
    Object constant = right.constant();
    if (constant == null) {
      return new IsNull(left).folded(left);
    }
    Node node = constant instanceof Text text ? new EqualsText(left, text) : new Equal(left, right);
    return node.folded(left);
  }

  /** {@code !=}. */
  public static Node notEqual(Node left, Node right) {
    if (left.isConstant() && !right.isConstant()) {
      return notEqual(right, left);
    }
    if (right.isConstant() && right.constant() == null) {
      return new IsSet(left).folded(left);
    }
    return Logic.not(equal(left, right));
  }

  public static Node less(Node left, Node right) {
    return new Less(left, right).folded(left, right);
  }

  public static Node lessOrEqual(Node left, Node right) {
    return new LessOrEqual(left, right).folded(left, right);
  }

  /** {@code in_list(list, value)} over a list that is known. */
  public static Node inConstantList(ListValue list, Node value) {
    return new InConstantList(list, value).folded(value);
  }

  /** {@code in_list([a, b, c], value)} without making the list. */
  public static Node inListOf(List<Node> elements, Node value) {
    return new InListOf(elements.toArray(new Node[0]), value);
  }

  /** {@code find_substr(text, part) != null} for a known part. */
  public static Node contains(Node text, Text part) {
    return new Contains(text, part).folded(text);
  }

  /** Pays for looking at what two texts may have in common, and for numbers that are not small. */
  private static void pay(Frame frame, @Nullable Object a, @Nullable Object b) {
    if (a instanceof Text x && b instanceof Text y) {
      frame.budget.scan(Math.min(x.length(), y.length()));
    } else if (a instanceof BigDecimal || b instanceof BigDecimal) {
      frame.budget.step(Operators.DECIMAL_COMPARISON);
    }
  }

  private static final class IsNull extends Node.Test {
    private final Node operand;

    IsNull(Node operand) {
      this.operand = operand;
    }

    @Override
    public boolean test(Frame frame) {
      return operand.eval(frame) == null;
    }
  }

  private static final class IsSet extends Node.Test {
    private final Node operand;

    IsSet(Node operand) {
      this.operand = operand;
    }

    @Override
    public boolean test(Frame frame) {
      return operand.eval(frame) != null;
    }
  }

  private static final class EqualsText extends Node.Test {
    private final Node operand;
    private final Text constant;

    EqualsText(Node operand, Text constant) {
      this.operand = operand;
      this.constant = constant;
    }

    @Override
    public boolean test(Frame frame) {
      Object value = operand.eval(frame);
      if (value instanceof Text text) {
        if (text.length() != constant.length()) {
          return false;
        }
        frame.budget.scan(text.length());
        return text.equals(constant);
      }
      return value != null && Operators.equal(frame.budget, value, constant);
    }
  }

  private static final class Equal extends Node.Test {
    private final Node left;
    private final Node right;

    Equal(Node left, Node right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public boolean test(Frame frame) {
      Object a = left.eval(frame);
      Object b = right.eval(frame);
      return Operators.equal(frame.budget, a, b);
    }
  }

  private static final class Less extends Node.Test {
    private final Node left;
    private final Node right;

    Less(Node left, Node right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public boolean test(Frame frame) {
      Object a = left.eval(frame);
      Object b = right.eval(frame);
      pay(frame, a, b);
      return Operators.less(a, b);
    }
  }

  private static final class LessOrEqual extends Node.Test {
    private final Node left;
    private final Node right;

    LessOrEqual(Node left, Node right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public boolean test(Frame frame) {
      Object a = left.eval(frame);
      Object b = right.eval(frame);
      pay(frame, a, b);
      return Operators.lessOrEqual(a, b);
    }
  }

  /** Texts by hash; a value that is no text is compared with every element. */
  private static final class InConstantList extends Node.Test {
    private final ListValue list;
    private final Set<Text> texts = new HashSet<>();
    private final int longest;
    private final boolean onlyTexts;
    private final boolean hasNull;
    private final Node operand;

    InConstantList(ListValue list, Node operand) {
      this.list = list;
      this.operand = operand;
      boolean sawNull = false;
      boolean sawOther = false;
      for (int i = 0; i < list.size(); i++) {
        Object element = list.get(i);
        if (element instanceof Text text) {
          texts.add(text);
        } else if (element == null) {
          sawNull = true;
        } else {
          sawOther = true;
        }
      }
      this.longest = texts.stream().mapToInt(Text::length).max().orElse(0);
      this.hasNull = sawNull;
      this.onlyTexts = !sawOther;
    }

    @Override
    public boolean test(Frame frame) {
      Object value = operand.eval(frame);
      if (value == null) {
        return hasNull;
      }
      if (value instanceof Text text) {
        if (text.length() <= longest) {
          frame.budget.scan(text.length());
          if (texts.contains(text)) {
            return true;
          }
        }
        return !onlyTexts && inList(frame, list, value);
      }
      return inList(frame, list, value);
    }
  }

  private static boolean inList(Frame frame, ListValue list, @Nullable Object value) {
    frame.budget.step(list.size() / COMPARISONS_A_STEP);
    for (int i = 0; i < list.size(); i++) {
      if (Operators.equal(frame.budget, list.get(i), value)) {
        return true;
      }
    }
    return false;
  }

  private static final class InListOf extends Node.Test {
    private final Node[] elements;
    private final Node operand;

    InListOf(Node[] elements, Node operand) {
      this.elements = elements;
      this.operand = operand;
    }

    @Override
    public boolean test(Frame frame) {
      Object value = operand.eval(frame);
      for (Node element : elements) {
        if (Operators.equal(frame.budget, element.eval(frame), value)) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class Contains extends Node.Test {
    private final Node operand;
    private final Text part;

    Contains(Node operand, Text part) {
      this.operand = operand;
      this.part = part;
    }

    @Override
    public boolean test(Frame frame) {
      Object value = operand.eval(frame);
      Text text = value instanceof Text known ? known : Convert.text(value);
      if (text == null) {
        return false;
      }
      frame.budget.scan(text.length());
      return frame.budget.indexOf(
              text.array(), text.from(), text.to(), part.array(), part.from(), part.to())
          >= 0;
    }
  }
}
