package dev.camelsiem.lang.function.builtin.number;

import static dev.camelsiem.lang.function.FunctionType.NUMBER;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.lang.value.Operators;
import org.jspecify.annotations.Nullable;

/** {@code pow}: a power of whole numbers. */
public final class Pow {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("pow")
          .area("number")
          .summary("Raises a whole number to a whole power.")
          .param("base", NUMBER, "What is multiplied.")
          .param("exponent", NUMBER, "How many times, from 0 on.")
          .returns(NUMBER, "The power.")
          .nulls("Null for null, for a negative exponent and when 64 bits do not suffice.")
          .example("pow(2, 10)", "1024")
          .example("pow(2, 64)", "null")
          .cost(8)
          .body2(Pow::apply)
          .build();

  private Pow() {}

  private static @Nullable Object apply(
      Budget budget, @Nullable Object base, @Nullable Object exponent) {
    Long a = Convert.number(base);
    Long n = Convert.number(exponent);
    if (a == null || n == null || n < 0) {
      return null;
    }
    if (a >= -1 && a <= 1) {
      return n == 0 ? 1L : (Object) (n % 2 == 0 ? a * a : a);
    }
    Object power = 1L;
    for (long i = 0; i < n && power != null; i++) {
      power = Operators.multiply(power, a);
    }
    return power;
  }
}
