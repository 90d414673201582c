package dev.camelsiem.lang.function.builtin.list;

import static dev.camelsiem.lang.function.FunctionType.ANY;
import static dev.camelsiem.lang.function.FunctionType.BOOL;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.ListValue;

/** {@code is_list}: whether a value is a list. */
public final class IsList {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("is_list")
          .area("list")
          .summary("Tells whether a value is a list.")
          .param("value", ANY, "Any value.")
          .returns(BOOL, "True for a list, also an empty one.")
          .nulls("False for null.")
          .example("is_list([])", "True")
          .example("is_list(\"a\")", "False")
          .body1((budget, value) -> value instanceof ListValue)
          .build();

  private IsList() {}
}
