package dev.camelsiem.lang.function.builtin.split;

import static dev.camelsiem.lang.function.FunctionType.MAP;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code keyvalue}: pairs of keys and values as map. */
public final class KeyValue {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("keyvalue")
          .area("split")
          .summary("Reads pairs of a key and a value into a map.")
          .param("text", STRING, "The text.")
          .param("pair_separator", STRING, "What stands between two pairs.")
          .nullable()
          .param("value_separator", STRING, "What stands between a key and its value.")
          .nullable()
          .optional(
              "quote",
              STRING,
              "What encloses values that contain separators; what it encloses stays as it is.")
          .returns(
              MAP,
              "The map; of a repeated key the first value. A piece without value separator belongs to"
                  + " the value before it. An empty value is null.")
          .nulls("Null for a null text.")
          .example("keyvalue(\"k=v=w\", \" \", \"=\")[\"k\"]", "\"v=w\"")
          .example("keyvalue(\"a=1 b=x y\", \" \", \"=\")[\"b\"]", "\"x y\"")
          .example("keyvalue('exe=\"/bin/x y\" res=', ' ', '=', '\"')[\"exe\"]", "\"/bin/x y\"")
          .example("keyvalue(\"res=\", \" \", \"=\")[\"res\"]", "null")
          .body3((budget, text, pair, value) -> apply(budget, text, pair, value, null))
          .body4(KeyValue::apply)
          .build();

  private KeyValue() {}

  private static @Nullable Object apply(
      Budget budget,
      @Nullable Object value,
      @Nullable Object pairSeparator,
      @Nullable Object valueSeparator,
      @Nullable Object quote) {
    Text text = Convert.text(value);
    if (text == null) {
      return null;
    }
    return new KeyValueSplitter(
            budget, text, orNone(pairSeparator), orNone(valueSeparator), orNone(quote))
        .split();
  }

  private static Text orNone(@Nullable Object value) {
    Text text = Convert.text(value);
    return text == null ? Text.EMPTY : text;
  }
}
