package dev.camelsiem.lang.function.builtin.list;

import static dev.camelsiem.lang.function.FunctionType.LIST;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code join}: the elements of a list as one text. */
public final class Join {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("join")
          .area("list")
          .summary("Joins the elements of a list into one text.")
          .param("list", LIST, "The list; elements that have no text count as empty.")
          .or(STRING)
          .param("separator", STRING, "What goes between two elements; null is empty.")
          .nullable()
          .returns(STRING, "The text; the text of the first argument when it is no list.")
          .nulls("Null for a null list; null elements count as empty texts.")
          .example("join([\"a\", \"b\", \"c\"], \", \")", "\"a, b, c\"")
          .example("join([\"a\", null], \"|\")", "\"a|\"")
          .example("join(null, \",\")", "null")
          .body2(Join::apply)
          .build();

  private Join() {}

  private static @Nullable Text apply(
      Budget budget, @Nullable Object list, @Nullable Object separator) {
    if (!(list instanceof ListValue elements)) {
      return Convert.text(list);
    }
    Text between = Convert.text(separator);
    budget.step(1 + elements.size() / 2);
    ByteOutput out = new ByteOutput(64);
    for (int i = 0; i < elements.size(); i++) {
      if (i > 0) {
        put(budget, out, between);
      }
      put(budget, out, Convert.text(budget, elements.get(i)));
    }
    return out.toText();
  }

  private static void put(Budget budget, ByteOutput out, @Nullable Text part) {
    if (part != null) {
      budget.output(part.length());
      out.put(part);
    }
  }
}
