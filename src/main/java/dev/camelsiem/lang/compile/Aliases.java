package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.Statement;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Variables that are but other names for a place in the event: assigned once, whatever happens, and
 * never read before.
 */
final class Aliases {
  private final Map<String, VariablePath> paths = new HashMap<>();

  /** The expressions that they are assigned, each at its place. */
  private final Set<Expr> sources = Collections.newSetFromMap(new IdentityHashMap<>());

  /** None. */
  Aliases() {}

  /** Those of a formula whose events bind its variables late. */
  Aliases(Formula.Body body, Symbols symbols) {
    Map<String, Integer> assignments = new HashMap<>();
    Trees.statements(
        body.statements(),
        each -> {
          if (each instanceof Statement.Assign assign) {
            assignments.merge(assign.target().name(), 1, Integer::sum);
          }
        });
    Set<String> mentioned = new HashSet<>();
    if (body.condition() != null) {
      mention(body.condition().value(), mentioned);
    }
    for (Statement statement : body.statements()) {
      if (statement instanceof Statement.Assign assign
          && assign.target() instanceof Expr.Variable variable
          && assignments.getOrDefault(variable.name(), 0) == 1
          && !mentioned.contains(variable.name())) {
        VariablePath path = path(assign.value());
        if (path != null
            && symbols.isLate(path.variable())
            && path.keys().stream().allMatch(Text.class::isInstance)) {
          paths.put(variable.name(), path);
          sources.add(assign.value());
        }
      }
      Trees.statements(
          List.of(statement),
          each -> Trees.ownExpressions(each).forEach(expr -> mention(expr, mentioned)));
    }
  }

  private static void mention(Expr expr, Set<String> mentioned) {
    Trees.expressions(
        expr,
        each -> {
          if (each instanceof Expr.Variable variable) {
            mentioned.add(variable.name());
          }
        });
  }

  Set<String> names() {
    return paths.keySet();
  }

  /** Adds the longest paths that are read where an expression stands. */
  void collect(Expr expr, Set<VariablePath> reads) {
    VariablePath path = path(expr);
    if (path == null) {
      expr.children().forEach(child -> collect(child, reads));
    } else if (!sources.contains(expr)) {
      reads.add(path);
    }
  }

  /** The path that an expression is, through aliases; or null. */
  private @Nullable VariablePath path(Expr expr) {
    VariablePath path = VariablePath.of(expr);
    return path == null ? null : resolved(path);
  }

  /** A path whose variable is none of these. */
  VariablePath resolved(VariablePath path) {
    VariablePath base = paths.get(path.variable());
    if (base == null) {
      return path;
    }
    List<Object> keys = new ArrayList<>(base.keys());
    keys.addAll(path.keys());
    return new VariablePath(base.variable(), keys);
  }
}
