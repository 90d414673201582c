package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.Statement;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The constant texts that a formula assigns to fields, also through a choice. */
final class Constants {
  private Constants() {}

  static Map<String, Set<String>> of(Formula formula) {
    Map<String, Set<String>> constants = new TreeMap<>();
    for (Formula.Body body : Trees.bodies(formula)) {
      Trees.statements(body.statements(), statement -> collect(statement, constants));
    }
    return constants;
  }

  private static void collect(Statement statement, Map<String, Set<String>> constants) {
    if (statement instanceof Statement.Assign assign && assign.target() instanceof Expr.Field) {
      results(
          assign.value(),
          literal ->
              constants
                  .computeIfAbsent(assign.target().name(), name -> new LinkedHashSet<>())
                  .add(literal.value()));
    }
  }

  /** The literals that an expression may have as its value. */
  static void results(Expr expr, Consumer<Expr.TextLiteral> visitor) {
    if (expr instanceof Expr.TextLiteral literal) {
      visitor.accept(literal);
    } else if (expr instanceof Expr.IfExpr choice) {
      choice.choices().forEach(each -> results(each.value(), visitor));
      if (choice.otherwise() != null) {
        results(choice.otherwise(), visitor);
      }
    } else if (expr instanceof Expr.SwitchExpr selection) {
      selection.cases().forEach(each -> results(each.value(), visitor));
      if (selection.otherwise() != null) {
        results(selection.otherwise(), visitor);
      }
    } else if (expr instanceof Expr.Call call && call.name().equals("coalesce")) {
      call.children().forEach(child -> results(child, visitor));
    }
  }
}
