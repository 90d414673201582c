package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;
import java.math.RoundingMode;

/** {@code ceil}: rounding up. */
public final class Ceil {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("ceil")
          .area("number")
          .summary("Rounds a number up to a whole one.")
          .param("number", NUMBER, "The number, or its decimal text.")
          .returns(NUMBER, "The smallest whole number that is not below.")
          .nulls("Null for null and for what is no number.")
          .example("ceil(float(\"1.2\"))", "2")
          .example("ceil(null)", "null")
          .cost(8)
          .body1((budget, number) -> Rounding.round(number, RoundingMode.CEILING))
          .build();

  private Ceil() {}
}
