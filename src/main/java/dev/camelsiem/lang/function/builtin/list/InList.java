package dev.camelsiem.lang.function.builtin.list;

import static dev.camelsiem.lang.function.FunctionType.ANY;
import static dev.camelsiem.lang.function.FunctionType.BOOL;
import static dev.camelsiem.lang.function.FunctionType.LIST;

import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.Body;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code in_list}: whether a list has an element. */
public final class InList {
  /** From so many texts on a hash set beats a walk. */
  private static final int WORTH_HASHING = 4;

  public static final FunctionSpec SPEC =
      FunctionSpec.named("in_list")
          .area("list")
          .summary("Tells whether a list contains a value.")
          .param("list", LIST, "The list to search.")
          .param("value", ANY, "What to look for; compared as with ==, so null finds null.")
          .returns(BOOL, "True when an element equals the value.")
          .nulls("False for a null list.")
          .example("in_list([2, 7, 11], 7)", "True")
          .example("in_list([\"0\", null], null)", "True")
          .example("in_list(null, \"a\")", "False")
          .prepare(InList::prepare)
          .body2(InList::apply)
          .build();

  private InList() {}

  private static boolean apply(Budget budget, @Nullable Object list, @Nullable Object value) {
    return list instanceof ListValue elements && contains(budget, elements, value);
  }

  private static boolean contains(Budget budget, ListValue list, @Nullable Object value) {
    int size = list.size();
    budget.step(1 + size / 2);
    for (int i = 0; i < size; i++) {
      if (Operators.equal(budget, list.get(i), value)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Body prepare(Arguments arguments) {
    if (!arguments.isConstant(0)
        || !(arguments.value(0) instanceof ListValue list)
        || list.size() < WORTH_HASHING) {
      return null;
    }
    Set<Object> texts = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      Object element = list.get(i);
      if (!(element instanceof Text)) {
        return null;
      }
      texts.add(element);
    }
    return (Body.Body2)
        (budget, same, value) ->
            value instanceof Text ? texts.contains(value) : contains(budget, list, value);
  }
}
