package dev.camelsiem.lang.function.builtin.list;

import static dev.camelsiem.lang.function.FunctionType.ANY;
import static dev.camelsiem.lang.function.FunctionType.LIST;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.ListValue;
import org.jspecify.annotations.Nullable;

/** {@code append}: a list with one more element. */
public final class Append {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("append")
          .area("list")
          .summary("Makes a list that has one more element at its end.")
          .param("list", LIST, "The list, which stays as it is.")
          .nullable()
          .param("value", ANY, "The new last element.")
          .returns(LIST, "The longer list.")
          .nulls("A null list counts as an empty one; null for an argument that is no list.")
          .example("append([\"a\"], \"b\")", "[\"a\", \"b\"]")
          .example("append(null, \"a\")", "[\"a\"]")
          .body2(Append::apply)
          .build();

  private Append() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object list, @Nullable Object value) {
    if (list == null) {
      return ListValue.ofArray(new Object[] {value});
    }
    if (!(list instanceof ListValue old)) {
      return null;
    }
    int size = old.size();
    budget.output(8 * (size + 1));
    budget.step(size / 2);
    @Nullable Object[] elements = new @Nullable Object[size + 1];
    for (int i = 0; i < size; i++) {
      elements[i] = old.get(i);
    }
    elements[size] = value;
    return ListValue.ofArray(elements);
  }
}
