package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.Operators;

/** {@code div}: the quotient of two whole numbers. */
public final class Div {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("div")
          .area("number")
          .summary("Divides two whole numbers and gives the quotient.")
          .param("dividend", NUMBER, "What is divided.")
          .param("divisor", NUMBER, "By what it is divided.")
          .returns(NUMBER, "The quotient without its fraction.")
          .nulls("Null for null and for a divisor of 0.")
          .example("div(7, 2)", "3")
          .example("div(-7, 2)", "-3")
          .example("div(1, 0)", "null")
          .body2((budget, a, b) -> Operators.divide(Convert.number(a), Convert.number(b)))
          .build();

  private Div() {}
}
