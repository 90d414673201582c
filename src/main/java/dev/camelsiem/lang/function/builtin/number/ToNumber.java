package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Convert;

/** {@code number}: a decimal text as number. */
public final class ToNumber {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("number")
          .area("number")
          .summary("Converts a decimal text to a number.")
          .param("text", NUMBER, "The text, a sign allowed; a number passes through.")
          .returns(NUMBER, "The number; what follows its digits is ignored.")
          .nulls(
              "Null when the text does not begin with a number, or when it needs more than 64 bits.")
          .example("number(\"42\")", "42")
          .example("number(\"35999 }\")", "35999")
          .example("number(\"-\")", "null")
          .body1((budget, value) -> Convert.numeric(value))
          .build();

  private ToNumber() {}
}
