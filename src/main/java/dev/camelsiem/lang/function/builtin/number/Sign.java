package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code sign}: the sign of a number. */
public final class Sign {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("sign")
          .area("number")
          .summary("Tells whether a number is below, at or above 0.")
          .param("number", NUMBER, "The number, or its decimal text.")
          .returns(NUMBER, "One of -1, 0 and 1.")
          .nulls("Null for null and for what is no number.")
          .example("sign(-42)", "-1")
          .example("sign(null)", "null")
          .cost(8)
          .body1((budget, number) -> Rounding.sign(number))
          .build();

  private Sign() {}
}
