package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code substr}: a piece of a text, by byte offsets. */
public final class Substr {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("substr")
          .area("text")
          .summary("Cuts a piece out of a text.")
          .param("text", STRING, "The text.")
          .param(
              "start", NUMBER, "The offset of the first byte; a negative one counts from the end.")
          .param("length", NUMBER, "How many bytes; beyond the end the piece is cut short.")
          .returns(STRING, "The piece, empty when it begins at or beyond the end.")
          .nulls("Null when an argument is null or no number, and for a negative length.")
          .example("substr(\"abcdef\", -4, 2)", "\"cd\"")
          .example("substr(\"abc\", 1, 99)", "\"bc\"")
          .example("substr(\"abc\", 5, 1)", "\"\"")
          .example("substr(null, 0, 1)", "null")
          .body3(Substr::apply)
          .build();

  private Substr() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object value, @Nullable Object start, @Nullable Object length) {
    Text text = Convert.text(value);
    Long from = Convert.number(start);
    Long count = Convert.number(length);
    if (text == null || from == null || count == null || count < 0) {
      return null;
    }
    int size = text.length();
    long begin = Math.min(size, from >= 0 ? from : Math.max(0, size + from));
    return text.slice((int) begin, (int) (begin + Math.min(count, size - begin)));
  }
}
