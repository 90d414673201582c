package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code float}: a decimal text with fraction as number. */
public final class ToFloat {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("float")
          .area("number")
          .summary("Converts a decimal text that may have a fraction to a number.")
          .param("text", NUMBER, "The text, a sign allowed; a number passes through.")
          .returns(NUMBER, "The exact decimal number.")
          .nulls("Null when the text is no such number; exponents are not read.")
          .example("string(float(\"12.50\"))", "\"12.5\"")
          .example("float(\"a\")", "null")
          .cost(12)
          .body1((budget, value) -> NumberTexts.fraction(value))
          .build();

  private ToFloat() {}
}
