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

/** {@code regex}: what a regular expression finds. */
public final class Regex {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("regex")
          .area("text")
          .summary("Searches a text with a regular expression.")
          .param("text", STRING, "The text; of a longer one the first 64 KiB are searched.")
          .param("pattern", STRING, "The expression, in the syntax of RE2, found anywhere.")
          .param("group", NUMBER, "Zero for all that was found, n for the n-th group.")
          .returns(STRING, "What was found there.")
          .nulls(
              "Null when nothing is found, the group took no part or does not exist, an argument is"
                  + " null or the expression is malformed or too large: its program may have 10,000"
                  + " instructions and 100 groups. A search takes a step for three instructions and"
                  + " each byte of the text.")
          .example("regex(\"user=bob id=7\", \"id=([0-9]+)\", 1)", "\"7\"")
          .example("regex(\"user=bob\", \"id=([0-9]+)\", 1)", "null")
          .check(Regex::check)
          .prepare(Regex::prepare)
          .body3(Regex::apply)
          .build();

  private Regex() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object value, @Nullable Object pattern, @Nullable Object group) {
    Text text = Convert.text(value);
    Text source = Convert.text(pattern);
    Long number = Convert.number(group);
    if (text == null || source == null || number == null) {
      return null;
    }
    Expression expression = Expression.compile(budget, source);
    return expression == null ? null : expression.find(budget, text, number);
  }

  private static FunctionSpec.@Nullable Complaint check(Arguments arguments) {
    Text source = arguments.isConstant(1) ? Convert.text(arguments.value(1)) : null;
    String problem = source == null ? null : Expression.problem(source);
    return problem == null
        ? null
        : new FunctionSpec.Complaint(
            1,
            "the regular expression can't be used: " + problem,
            "the syntax is that of RE2, without look-around and back-references");
  }

  private static @Nullable Body prepare(Arguments arguments) {
    Text source = arguments.isConstant(1) ? Convert.text(arguments.value(1)) : null;
    Expression expression = source == null ? null : Expression.compile(source);
    if (expression == null) {
      return null;
    }
    return (Body.Body3)
        (budget, value, same, group) -> {
          Text text = Convert.text(value);
          Long number = Convert.number(group);
          return text == null || number == null ? null : expression.find(budget, text, number);
        };
  }
}
