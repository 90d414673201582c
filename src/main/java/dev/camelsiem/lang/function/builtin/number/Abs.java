package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code abs}: a number without its sign. */
public final class Abs {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("abs")
          .area("number")
          .summary("Gives a number without its sign.")
          .param("number", NUMBER, "The number, or its decimal text.")
          .returns(NUMBER, "The distance from 0.")
          .nulls("Null for null and for what is no number.")
          .example("abs(-3)", "3")
          .example("abs(null)", "null")
          .cost(8)
          .body1((budget, number) -> Rounding.abs(number))
          .build();

  private Abs() {}
}
