package dev.camelsiem.lang.function.builtin.split;

import static dev.camelsiem.lang.function.FunctionType.LIST;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code csv}: a separated text as list. */
public final class Csv {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("csv")
          .area("split")
          .summary("Splits a text at every separator.")
          .param("text", STRING, "The text; of a list the first element.")
          .or(LIST)
          .param("separator", STRING, "The separator, of one or several characters.")
          .nullable()
          .param(
              "quote",
              STRING,
              "What quotes an element that has separators; \"\" for no quoting. Text behind the"
                  + " closing quote is kept.")
          .nullable()
          .returns(
              LIST,
              "The elements, white space before them removed. Empty ones are null, so a text without"
                  + " separator gives one element.")
          .nulls("Null for a null text.")
          .example("csv(\"/usr//bin/\", \"/\", \"\")", "[null, \"usr\", null, \"bin\", null]")
          .example("csv('a;\"b;c\"', \";\", '\"')", "[\"a\", \"b;c\"]")
          .example("csv('\"a,b\" c,d', \",\", '\"')", "[\"a,b c\", \"d\"]")
          .example("csv(null, \",\", \"\")", "null")
          .body3(Csv::apply)
          .build();

  private static final Text NONE = Text.EMPTY;

  private Csv() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object value, @Nullable Object separator, @Nullable Object quote) {
    Object first = value instanceof ListValue list ? first(list) : value;
    Text text = Convert.text(first);
    if (text == null) {
      return null;
    }
    return new CsvSplitter(budget, text, orNone(separator), orNone(quote)).split(text.from());
  }

  private static @Nullable Object first(ListValue list) {
    return list.size() == 0 ? null : list.get(0);
  }

  private static Text orNone(@Nullable Object value) {
    Text text = Convert.text(value);
    return text == null ? NONE : text;
  }
}
