package dev.camelsiem.flow.dispatch;

import dev.camelsiem.lang.compile.VariablePath;
import dev.camelsiem.lang.value.Operators;
import dev.camelsiem.text.Text;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A path that is ready to be followed. */
final class Path {
  private final Text variable;
  private final Object[] keys;

  Path(VariablePath path) {
    variable = Text.of(path.variable());
    keys = path.keys().toArray();
  }

  @Nullable Object value(Function<Text, @Nullable Object> variables) {
    Object value = variables.apply(variable);
    for (int i = 0; i < keys.length && value != null; i++) {
      value = Operators.index(value, keys[i]);
    }
    return value;
  }
}
