package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code maybe_number8}: the same as {@code number8}. */
public final class MaybeNumber8 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("maybe_number8")
          .area("number")
          .summary("Converts a octal text to a number; the same as number8.")
          .param("text", NUMBER, "The text, a sign allowed; a number passes through.")
          .returns(NUMBER, "The number.")
          .nulls("Null when the text is no such number, or when it has more than 64 bits.")
          .example("maybe_number8(\"644\")", "420")
          .example("maybe_number8(\"8\")", "null")
          .body1((budget, value) -> NumberTexts.parse(value, 8))
          .build();

  private MaybeNumber8() {}
}
