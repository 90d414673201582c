package dev.camelsiem.lang.function.builtin.value;

import static dev.camelsiem.lang.function.FunctionType.BOOL;
import static dev.camelsiem.lang.function.FunctionType.SCALAR;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Convert;

/** {@code bool}: whether a value counts as true. */
public final class ToBool {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("bool")
          .area("value")
          .summary("Converts a value to Bool, as a condition does.")
          .param("value", SCALAR, "Any value but a List, a Map and a Buffer.")
          .returns(
              BOOL,
              "True for True, for numbers except 0 and for texts except \"0\", \"false\", \"False\""
                  + " and \"\".")
          .nulls("False for null.")
          .example("bool(\"yes\")", "True")
          .example("bool(\"False\")", "False")
          .example("bool(null)", "False")
          .body1((budget, value) -> Convert.bool(value))
          .build();

  private ToBool() {}
}
