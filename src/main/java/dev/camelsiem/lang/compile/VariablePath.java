package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable and constant indexes: {@code $items["PATH"][0]}.
 *
 * @param variable the name without {@code $}
 * @param keys {@link Text} or {@link Long}, outermost first
 */
public record VariablePath(String variable, List<Object> keys) {
  public VariablePath {
    keys = List.copyOf(keys);
  }

  /** The path that an expression is, or null. */
  static @Nullable VariablePath of(Expr expr) {
    List<Object> keys = new ArrayList<>();
    Expr at = expr;
    while (at instanceof Expr.Index index) {
      if (index.index() instanceof Expr.TextLiteral text) {
        keys.add(Text.of(text.value()));
      } else if (index.index() instanceof Expr.NumberLiteral number) {
        keys.add(number.value());
      } else {
        return null;
      }
      at = index.base();
    }
    Collections.reverse(keys);
    return at instanceof Expr.Variable variable ? new VariablePath(variable.name(), keys) : null;
  }
}
