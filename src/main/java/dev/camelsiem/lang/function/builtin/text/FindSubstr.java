package dev.camelsiem.lang.function.builtin.text;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code find_substr}: where a substring begins. */
public final class FindSubstr {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("find_substr")
          .area("text")
          .summary("Finds the first occurrence of a substring.")
          .param("text", STRING, "The text to search.")
          .param("substring", STRING, "What to look for.")
          .returns(NUMBER, "The offset in bytes, from 0; so compare with != null, not with > 0.")
          .nulls("Null when the text does not contain it, and when an argument is null.")
          .example("find_substr(\"superadmin\", \"admin\")", "5")
          .example("find_substr(\"root\", \"admin\")", "null")
          .body2(FindSubstr::apply)
          .build();

  private FindSubstr() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object value, @Nullable Object part) {
    Text text = Convert.text(value);
    Text substring = Convert.text(part);
    if (text == null || substring == null) {
      return null;
    }
    budget.scan(text.length());
    int at =
        budget.indexOf(
            text.array(),
            text.from(),
            text.to(),
            substring.array(),
            substring.from(),
            substring.to());
    return at < 0 ? null : (Object) (long) (at - text.from());
  }
}
