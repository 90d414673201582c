package dev.camelsiem.lang.function.builtin.list;

import static dev.camelsiem.lang.function.FunctionType.ANY;
import static dev.camelsiem.lang.function.FunctionType.LIST;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.Operators;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code remove}: a list without some of its elements. */
public final class Remove {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("remove")
          .area("list")
          .summary("Makes a list without the elements that equal a value.")
          .param("list", LIST, "The list, which stays as it is.")
          .param("value", ANY, "What to leave out; null leaves out nulls.")
          .returns(LIST, "The other elements in their order.")
          .nulls("Null for a null list.")
          .example("remove([\"a\", \"b\", \"a\"], \"a\")", "[\"b\"]")
          .example("remove([\"a\", null], null)", "[\"a\"]")
          .example("remove(null, null)", "null")
          .body2(Remove::apply)
          .build();

  private Remove() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object list, @Nullable Object value) {
    if (!(list instanceof ListValue old)) {
      return null;
    }
    budget.output(8 * old.size());
    budget.step(1 + old.size() / 2);
    List<@Nullable Object> kept = new ArrayList<>(old.size());
    for (int i = 0; i < old.size(); i++) {
      if (!Operators.equal(budget, old.get(i), value)) {
        kept.add(old.get(i));
      }
    }
    return ListValue.of(kept);
  }
}
