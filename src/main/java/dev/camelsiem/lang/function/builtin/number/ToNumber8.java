package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code number8}: an octal text as number. */
public final class ToNumber8 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("number8")
          .area("number")
          .summary("Converts a octal text to a number.")
          .param("text", NUMBER, "The text, a sign allowed; a number passes through.")
          .returns(NUMBER, "The number.")
          .nulls("Null when the text is no such number, or when it has more than 64 bits.")
          .example("number8(\"644\")", "420")
          .example("number8(\"8\")", "null")
          .body1((budget, value) -> NumberTexts.parse(value, 8))
          .build();

  private ToNumber8() {}
}
