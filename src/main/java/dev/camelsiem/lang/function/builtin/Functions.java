package dev.camelsiem.lang.function.builtin;

import dev.camelsiem.lang.function.FunctionSpec;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The built-in functions by name. */
public final class Functions {
  private static final Map<String, FunctionSpec> BY_NAME = index();

  private Functions() {}

  private static Map<String, FunctionSpec> index() {
    Map<String, FunctionSpec> index = new TreeMap<>();
    BuiltinFunctions.ALL.forEach(spec -> index.put(spec.name(), spec));
    return index;
  }

  /** The function of this name, or null. */
  public static @Nullable FunctionSpec find(String name) {
    return BY_NAME.get(name);
  }

  /** All names, in alphabetical order. */
  public static Collection<String> names() {
    return BY_NAME.keySet();
  }
}
