package dev.camelsiem.lang.function.builtin;

import dev.camelsiem.lang.function.FunctionSpec;
import java.util.List;

/** Every built-in function, in alphabetical order of the names. */
public final class BuiltinFunctions {
  public static final List<FunctionSpec> ALL = List.of();

  private BuiltinFunctions() {}
}
