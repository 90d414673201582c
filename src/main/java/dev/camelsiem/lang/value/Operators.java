package dev.camelsiem.lang.value;

import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The operators of the language (xp 1.5, 4.4). They never throw on data, the budget aside. */
public final class Operators {
  private static final BigDecimal MOST = new BigDecimal("1e64");

  /** Steps to compare, and to calculate, with a number that is no integer of 64 bits. */
  public static final int DECIMAL_COMPARISON = 4;

  public static final int DECIMAL_OPERATION = 8;

  private Operators() {}

  /**
   * {@code ==}: null equals only null; numbers and texts compare when the text is a number.
   *
   * @param budget pays for what grows with the values: texts of one length, elements of lists
   */
  public static boolean equal(Budget budget, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Text a && right instanceof Text b) {
      if (a.length() != b.length()) {
        return false;
      }
      budget.scan(a.length());
      return a.equals(b);
    }
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof Long a && right instanceof Long b) {
      return a.longValue() == b.longValue();
    }
    return unusual(budget, Convert.scalar(left), Convert.scalar(right));
  }

  private static boolean unusual(Budget budget, @Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    if (isNumber(left) && isNumber(right)) {
      budget.step(DECIMAL_COMPARISON);
      return Numbers.decimal(left).compareTo(Numbers.decimal(right)) == 0;
    }
    if (left instanceof Text text) {
      return right instanceof Text ? equal(budget, left, right) : mixed(budget, text, right);
    }
    if (right instanceof Text text) {
      return mixed(budget, text, left);
    }
    if (left instanceof DateTime a && right instanceof DateTime b) {
      return a.epochMillis() == b.epochMillis();
    }
    return isNested(left) ? new DeepEquality(budget).equal(left, right) : left.equals(right);
  }

  static boolean isNested(@Nullable Object value) {
    return value instanceof ListValue || value instanceof MapValue;
  }

  private static boolean mixed(Budget budget, Text text, Object other) {
    if (isNumber(other)) {
      budget.step(text.length() > Numbers.LONGEST_WHOLE ? 1 : 2);
      Long number = Numbers.whole(text);
      if (number == null || other instanceof Long) {
        return number != null && number.equals(other);
      }
      budget.step(DECIMAL_COMPARISON);
      return Numbers.decimal(number).compareTo((BigDecimal) other) == 0;
    }
    if (!(other instanceof IpAddress)) {
      return false;
    }
    budget.step(1 + Math.min(text.length(), 80) / 16);
    return other.equals(IpAddress.parse(text));
  }

  /** {@code <}; false when an operand is null or the kinds differ. */
  public static boolean less(@Nullable Object left, @Nullable Object right) {
    return comparable(left, right) && compare(left, right) < 0;
  }

  /** {@code <=}. */
  public static boolean lessOrEqual(@Nullable Object left, @Nullable Object right) {
    return comparable(left, right) && compare(left, right) <= 0;
  }

  private static boolean comparable(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Long && right instanceof Long) {
      return true;
    }
    Object a = Convert.scalar(left);
    Object b = Convert.scalar(right);
    return (isNumber(a) && isNumber(b))
        || (a instanceof Text && b instanceof Text)
        || (a instanceof DateTime && b instanceof DateTime);
  }

  private static int compare(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return Long.compare(a, b);
    }
    Object a = Convert.scalar(left);
    Object b = Convert.scalar(right);
    if (a instanceof Text x && b instanceof Text y) {
      return x.compareTo(y);
    }
    if (a instanceof DateTime x && b instanceof DateTime y) {
      return Long.compare(x.epochMillis(), y.epochMillis());
    }
    if (a == null || b == null) {
      return 0;
    }
    return Numbers.decimal(a).compareTo(Numbers.decimal(b));
  }

  /** {@code +}: adds numbers, joins everything else as text; null, List and Map are neutral. */
  public static @Nullable Object add(Budget budget, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      long sum = a + b;
      return ((a ^ sum) & (b ^ sum)) < 0 ? null : (Object) sum;
    }
    Object a = neutral(left);
    Object b = neutral(right);
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (isNumber(a) && isNumber(b)) {
      budget.step(DECIMAL_OPERATION);
      return exact(a, b, '+');
    }
    Text x = Convert.text(budget, a);
    Text y = Convert.text(budget, b);
    return x == null || y == null ? null : concat(budget, x, y);
  }

  private static @Nullable Object neutral(@Nullable Object value) {
    return value instanceof ListValue || value instanceof MapValue || value instanceof Buffer
        ? null
        : Convert.scalar(value);
  }

  /** Two texts as one. */
  public static Text concat(Budget budget, Text left, Text right) {
    if (left.isEmpty()) {
      return right;
    }
    if (right.isEmpty()) {
      return left;
    }
    int length = left.length() + right.length();
    budget.output(length);
    byte[] joined = new byte[length];
    System.arraycopy(left.array(), left.from(), joined, 0, left.length());
    System.arraycopy(right.array(), right.from(), joined, left.length(), right.length());
    return Text.of(joined);
  }

  /** {@code -}: numbers only, else null. */
  public static @Nullable Object subtract(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      long difference = a - b;
      return ((a ^ b) & (a ^ difference)) < 0 ? null : (Object) difference;
    }
    return isNumber(left) && isNumber(right) ? exact(left, right, '-') : null;
  }

  /** {@code *}: numbers only, else null; null on overflow. */
  public static @Nullable Object multiply(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      long product = a * b;
      return Math.multiplyHigh(a, b) == product >> 63 ? (Object) product : null;
    }
    return isNumber(left) && isNumber(right) ? exact(left, right, '*') : null;
  }

  /** {@code /} and {@code div}: whole numbers, truncated; null for zero and for no numbers. */
  public static @Nullable Object divide(@Nullable Object left, @Nullable Object right) {
    Long a = wholeNumber(left);
    Long b = wholeNumber(right);
    if (a == null || b == null || b == 0 || (a == Long.MIN_VALUE && b == -1)) {
      return null;
    }
    return a / b;
  }

  /** {@code mod}: the rest of {@link #divide}, with the sign of the first operand. */
  public static @Nullable Object modulo(@Nullable Object left, @Nullable Object right) {
    Long a = wholeNumber(left);
    Long b = wholeNumber(right);
    return a == null || b == null || b == 0 ? null : (Object) (a % b);
  }

  private static @Nullable Long wholeNumber(@Nullable Object value) {
    return isNumber(value) ? Convert.number(value) : null;
  }

  /** Unary minus: numbers only, else null. */
  public static @Nullable Object negate(@Nullable Object value) {
    if (value instanceof Long number) {
      return number == Long.MIN_VALUE ? null : (Object) (-number);
    }
    return value instanceof BigDecimal decimal ? (Object) decimal.negate() : null;
  }

  private static @Nullable Object exact(
      @Nullable Object left, @Nullable Object right, char operator) {
    if (left == null || right == null) {
      return null;
    }
    BigDecimal a = Numbers.decimal(left);
    BigDecimal b = Numbers.decimal(right);
    if (!Numbers.isSmall(a) || !Numbers.isSmall(b)) {
      return null;
    }
    BigDecimal result =
        switch (operator) {
          case '+' -> a.add(b);
          case '-' -> a.subtract(b);
          default -> a.multiply(b);
        };
    return bounded(result);
  }

  private static @Nullable Object bounded(BigDecimal result) {
    if (result.scale() <= 0) {
      Object normal = Numbers.normal(result);
      return normal instanceof Long ? normal : null;
    }
    boolean fits = result.abs().compareTo(MOST) < 0;
    return fits ? result.setScale(Math.min(result.scale(), 32), RoundingMode.DOWN) : null;
  }

  /** What a condition makes of a value: as {@code bool()}, null being false. */
  public static boolean truth(@Nullable Object value) {
    return value instanceof Boolean bool ? bool : Convert.bool(value);
  }

  /** {@code base[index]}; null whenever there is no such thing. */
  public static @Nullable Object index(@Nullable Object base, @Nullable Object index) {
    if (base == null) {
      return null;
    }
    if (index instanceof Text key) {
      return member(base, key);
    }
    return index instanceof Long position ? element(base, position) : null;
  }

  /** {@code base["key"]}: an entry of a map; a child, attribute or the text of an XML node. */
  public static @Nullable Object member(@Nullable Object base, Text key) {
    if (base instanceof MapValue map) {
      return map.get(key);
    }
    return base instanceof XmlNode node ? XmlIndex.member(node, key) : null;
  }

  /** {@code base[0]}: an element of a list, counted from 0; a same-named sibling of an XML node. */
  public static @Nullable Object element(@Nullable Object base, long position) {
    if (base instanceof ListValue list) {
      return position >= 0 && position < list.size() ? list.get((int) position) : null;
    }
    if (base instanceof XmlNode node && position >= 0 && position <= Integer.MAX_VALUE) {
      return XmlIndex.orNull(node.sibling((int) position));
    }
    return null;
  }

  private static boolean isNumber(@Nullable Object value) {
    return value instanceof Long || value instanceof BigDecimal;
  }
}
