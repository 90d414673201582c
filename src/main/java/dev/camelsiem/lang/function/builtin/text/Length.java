package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.LIST;
import static dev.camelsiem.lang.function.FunctionType.MAP;
import static dev.camelsiem.lang.function.FunctionType.NUMBER;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code length}: bytes of a text, elements of a list. */
public final class Length {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("length")
          .area("text")
          .summary("Gives the length of a text, a list or a map.")
          .param("value", STRING, "The text, the list or the map.")
          .or(LIST)
          .or(MAP)
          .returns(NUMBER, "Bytes of the text in UTF-8, elements of the list, entries of the map.")
          .nulls("Null for null.")
          .example("length(\"abc\")", "3")
          .example("length(\"\u0436\u0443\u043a\")", "6")
          .example("length([\"a\", null])", "2")
          .example("length(null)", "null")
          .body1(Length::apply)
          .build();

  private Length() {}

  private static @Nullable Object apply(Budget budget, @Nullable Object value) {
    if (value instanceof ListValue list) {
      return (long) list.size();
    }
    if (value instanceof MapValue map) {
      return (long) map.size();
    }
    Text text = Convert.text(value);
    return text == null ? null : (Object) (long) text.length();
  }
}
