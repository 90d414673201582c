package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.Operators;

/** {@code mod}: the rest of two whole numbers. */
public final class Mod {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("mod")
          .area("number")
          .summary("Divides two whole numbers and gives the rest.")
          .param("dividend", NUMBER, "What is divided.")
          .param("divisor", NUMBER, "By what it is divided.")
          .returns(NUMBER, "What the division leaves, with the sign of the dividend.")
          .nulls("Null for null and for a divisor of 0.")
          .example("mod(7, 2)", "1")
          .example("mod(-7, 2)", "-1")
          .example("mod(1, 0)", "null")
          .body2((budget, a, b) -> Operators.modulo(Convert.number(a), Convert.number(b)))
          .build();

  private Mod() {}
}
