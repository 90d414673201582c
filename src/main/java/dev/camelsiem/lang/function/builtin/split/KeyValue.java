package dev.camelsiem.lang.function.builtin.split;

import static dev.camelsiem.lang.function.FunctionType.MAP;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.Body;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.MapValue;
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
    return apply(budget, value, pairSeparator, valueSeparator, quote, null);
  }

  /**
   * Reads pairs.
   *
   * @param known the only keys that anybody will ask for; null for all
   */
  public static @Nullable MapValue apply(
      Budget budget,
      @Nullable Object value,
      @Nullable Object pairSeparator,
      @Nullable Object valueSeparator,
      @Nullable Object quote,
      @Nullable KnownKeys known) {
    Text text = Convert.text(value);
    if (text == null) {
      return null;
    }
    return new KeyValueSplitter(
            budget, text, orNone(pairSeparator), orNone(valueSeparator), orNone(quote), known)
        .split();
  }

  /** The function, of whose maps nothing but known keys will be asked for. */
  public static Body reading(KnownKeys known, int arguments) {
    return arguments == 3
        ? (Body.Body3) (budget, text, pair, value) -> apply(budget, text, pair, value, null, known)
        : (Body.Body4)
            (budget, text, pair, value, quote) -> apply(budget, text, pair, value, quote, known);
  }

  private static Text orNone(@Nullable Object value) {
    Text text = Convert.text(value);
    return text == null ? Text.EMPTY : text;
  }
}
