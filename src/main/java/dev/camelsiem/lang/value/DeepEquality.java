package dev.camelsiem.lang.value;

import org.jspecify.annotations.Nullable;

/**
 * One comparison of lists or maps by their elements. Lists may hold one list many times, so a small
 * rule can make values whose elements nobody can count: the comparison gives up like any work that
 * needs too many steps.
 */
final class DeepEquality {
  private static final int MOST_ELEMENTS = 10_000;
  private static final int DEEPEST = 200;

  private final Budget budget;
  private int elements;
  private int depth;

  /**
   * @param budget pays for each pair of elements
   */
  DeepEquality(Budget budget) {
    this.budget = budget;
  }

  boolean equal(@Nullable Object left, @Nullable Object right) {
    if (++elements > MOST_ELEMENTS || depth > DEEPEST) {
      throw BudgetExceeded.STEPS;
    }
    budget.step(2);
    depth++;
    boolean same;
    if (left instanceof ListValue a && right instanceof ListValue b) {
      same = a == b || lists(a, b);
    } else if (left instanceof MapValue a && right instanceof MapValue b) {
      same = a == b || maps(a, b);
    } else {
      same = !Operators.isNested(left) && Operators.equal(budget, left, right);
    }
    depth--;
    return same;
  }

  private boolean lists(ListValue left, ListValue right) {
    int size = left.size();
    boolean same = right.size() == size;
    for (int i = 0; same && i < size; i++) {
      same = equal(left.get(i), right.get(i));
    }
    return same;
  }

  private boolean maps(MapValue left, MapValue right) {
    if (left.size() != right.size()) {
      return false;
    }
    boolean[] same = {true};
    left.forEach((key, value) -> same[0] = same[0] && equal(value, right.get(key)));
    return same[0];
  }
}
