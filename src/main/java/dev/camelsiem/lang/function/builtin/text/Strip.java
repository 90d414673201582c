package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code strip}: a text without a prefix and a suffix. */
public final class Strip {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("strip")
          .area("text")
          .summary("Removes a prefix and a suffix, each once and only when it is there.")
          .param("text", STRING, "The text.")
          .param("prefix", STRING, "The whole prefix, not a set of characters; null is empty.")
          .nullable()
          .param("suffix", STRING, "The whole suffix; null is empty.")
          .nullable()
          .returns(STRING, "What is left, possibly empty.")
          .nulls("Null for a null text.")
          .example("strip(\"/usr/bin/x\", \"\", \"x\")", "\"/usr/bin/\"")
          .example("strip(\"x\", \"x\", \"x\")", "\"\"")
          .example("strip(null, \"a\", \"b\")", "null")
          .body3(Strip::apply)
          .build();

  private Strip() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object value, @Nullable Object prefix, @Nullable Object suffix) {
    Text text = Convert.text(value);
    if (text == null) {
      return null;
    }
    Text head = Convert.text(prefix);
    Text tail = Convert.text(suffix);
    int from = head != null && text.startsWith(head) ? head.length() : 0;
    Text rest = text.slice(from, text.length());
    return tail != null && rest.endsWith(tail)
        ? rest.slice(0, rest.length() - tail.length())
        : rest;
  }
}
