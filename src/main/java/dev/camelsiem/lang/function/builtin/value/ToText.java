package dev.camelsiem.lang.function.builtin.value;

import static dev.camelsiem.lang.function.FunctionType.SCALAR;
import static dev.camelsiem.lang.function.FunctionType.STRING;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Convert;

/** {@code string}: a value as text. */
public final class ToText {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("string")
          .area("value")
          .summary("Converts a value to text, in the form in which fields are output.")
          .param("value", SCALAR, "Any value but a List, a Map and a Buffer.")
          .returns(STRING, "The text; numbers in decimal, Bool as true or false.")
          .nulls("Null for null, List, Map and Buffer.")
          .example("string(42)", "\"42\"")
          .example("string(True)", "\"true\"")
          .example("string([\"a\"])", "null")
          .body1((budget, value) -> Convert.text(budget, value))
          .build();

  private ToText() {}
}
