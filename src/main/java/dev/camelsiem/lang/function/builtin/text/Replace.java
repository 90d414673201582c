package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.Body;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code replace}: every place of a glob replaced by a text. */
public final class Replace {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("replace")
          .area("text")
          .summary("Replaces what a glob finds in a text.")
          .param("text", STRING, "The text.")
          .param("new", STRING, "What to put there, literally. It stands before the pattern.")
          .nullable()
          .param(
              "pattern",
              STRING,
              "The glob: * is any run within a line, as long as possible, ? any character, [a-z] one"
                  + " of a set, [!a-z] one not in it.")
          .nullable()
          .optional("max", NUMBER, "How many places to replace; all when 0, null or left out.")
          .returns(STRING, "The text with the replacements, possibly empty.")
          .nulls("Null for a null text; a null new text is empty, a null pattern finds nothing.")
          .example("replace(\"a.b.c\", \"_\", \".\")", "\"a_b_c\"")
          .example("replace(\"id=7; x=2\", \"\", \"*=\")", "\"2\"")
          .example("replace(\"aaa\", \"b\", \"a\", 2)", "\"bba\"")
          .example("replace(\"aaa\", \"\", \"a\")", "\"\"")
          .prepare(Replace::prepare)
          .body3((budget, text, with, pattern) -> apply(budget, text, with, pattern, null))
          .body4(Replace::apply)
          .build();

  private Replace() {}

  private static @Nullable Object apply(
      Budget budget,
      @Nullable Object text,
      @Nullable Object with,
      @Nullable Object pattern,
      @Nullable Object max) {
    Text glob = Convert.text(pattern);
    if (glob != null) {
      budget.scan(glob.length() * 16);
    }
    return apply(budget, text, with, glob == null ? null : Glob.compile(glob, true), max);
  }

  private static @Nullable Body prepare(Arguments arguments) {
    Text pattern = arguments.isConstant(2) ? Convert.text(arguments.value(2)) : null;
    if (pattern == null) {
      return null;
    }
    Glob glob = Glob.compile(pattern, true);
    if (arguments.count() == 3) {
      return (Body.Body3) (budget, text, with, same) -> apply(budget, text, with, glob, null);
    }
    return (Body.Body4) (budget, text, with, same, max) -> apply(budget, text, with, glob, max);
  }

  private static @Nullable Object apply(
      Budget budget,
      @Nullable Object value,
      @Nullable Object with,
      @Nullable Glob glob,
      @Nullable Object max) {
    Text text = Convert.text(value);
    if (text == null || glob == null || text.isEmpty()) {
      return text;
    }
    Text replacement = Convert.text(with);
    Long limit = Convert.number(max);
    Replacing replacing =
        new Replacing(
            budget,
            text,
            replacement == null ? Text.EMPTY : replacement,
            limit == null || limit <= 0 ? Long.MAX_VALUE : limit);
    Text literal = glob.literal();
    return literal != null ? replacing.literal(literal) : replacing.glob(glob);
  }
}
