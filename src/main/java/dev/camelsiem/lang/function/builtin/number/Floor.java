package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;
import java.math.RoundingMode;

/** {@code floor}: rounding down. */
public final class Floor {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("floor")
          .area("number")
          .summary("Rounds a number down to a whole one.")
          .param("number", NUMBER, "The number, or its decimal text.")
          .returns(NUMBER, "The largest whole number that is not above.")
          .nulls("Null for null and for what is no number.")
          .example("floor(float(\"1.8\"))", "1")
          .example("floor(null)", "null")
          .cost(8)
          .body1((budget, number) -> Rounding.round(number, RoundingMode.FLOOR))
          .build();

  private Floor() {}
}
