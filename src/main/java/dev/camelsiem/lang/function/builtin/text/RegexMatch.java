package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.BOOL;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.Body;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code match}: whether a glob covers a whole text. */
public final class RegexMatch {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("match")
          .area("text")
          .summary("Tells whether a glob covers a whole text.")
          .param("text", STRING, "The text.")
          .param("pattern", STRING, "The glob: * is any run of characters, ? any character.")
          .returns(BOOL, "True when it does; upper and lower case differ.")
          .nulls("False when an argument is null.")
          .example("match(\"report.docx\", \"*.doc?\")", "True")
          .example("match(\"report.docx\", \"*.doc\")", "False")
          .prepare(RegexMatch::prepare)
          .body2(RegexMatch::apply)
          .build();

  private RegexMatch() {}

  private static boolean apply(Budget budget, @Nullable Object value, @Nullable Object pattern) {
    Text text = Convert.text(value);
    Text glob = Convert.text(pattern);
    if (text == null || glob == null) {
      return false;
    }
    budget.scan(glob.length() * 16);
    return Glob.compile(glob, false).matchesAll(budget, text);
  }

  private static @Nullable Body prepare(Arguments arguments) {
    Text pattern = arguments.isConstant(1) ? Convert.text(arguments.value(1)) : null;
    if (pattern == null) {
      return null;
    }
    Glob glob = Glob.compile(pattern, false);
    return (Body.Body2)
        (budget, value, same) -> {
          Text text = Convert.text(value);
          return text != null && glob.matchesAll(budget, text);
        };
  }
}
