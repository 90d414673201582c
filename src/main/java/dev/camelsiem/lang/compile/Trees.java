package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Walks over trees: every statement, every expression, in source order. */
final class Trees {
  private Trees() {}

  /** The formula's own body and those of its subformulas. */
  static List<Formula.Body> bodies(Formula formula) {
    List<Formula.Body> bodies = new ArrayList<>();
    bodies.add(formula.body());
    formula.subformulas().forEach(subformula -> bodies.add(subformula.body()));
    return bodies;
  }

  /** Every statement, outer before inner. */
  static void statements(List<Statement> statements, Consumer<Statement> visitor) {
    for (Statement statement : statements) {
      visitor.accept(statement);
      if (statement instanceof Statement.If branch) {
        branch.branches().forEach(each -> statements(each.body(), visitor));
        otherwise(branch.otherwise(), visitor);
      } else if (statement instanceof Statement.Switch selection) {
        selection.cases().forEach(each -> statements(each.body(), visitor));
        otherwise(selection.otherwise(), visitor);
      }
    }
  }

  private static void otherwise(Statement.@Nullable Else otherwise, Consumer<Statement> visitor) {
    if (otherwise != null) {
      statements(otherwise.body(), visitor);
    }
  }

  /** The expressions that a statement itself holds, without those of statements inside it. */
  static List<Expr> ownExpressions(Statement statement) {
    List<Expr> own = new ArrayList<>();
    if (statement instanceof Statement.Assign assign) {
      own.add(assign.value());
    } else if (statement instanceof Statement.If branch) {
      branch.branches().forEach(each -> own.add(each.condition()));
    } else if (statement instanceof Statement.Switch selection) {
      own.add(selection.subject());
      selection.cases().forEach(each -> own.add(each.condition()));
    } else if (statement instanceof Statement.Submessage submessage) {
      own.addAll(List.of(submessage.format(), submessage.name(), submessage.text()));
    }
    return own;
  }

  /** An expression and all inside it, outer before inner. */
  static void expressions(Expr expr, Consumer<Expr> visitor) {
    visitor.accept(expr);
    expr.children().forEach(child -> expressions(child, visitor));
  }

  /** Every expression of a body: the condition's and the statements'. */
  static void expressions(Formula.Body body, Consumer<Expr> visitor) {
    roots(body, root -> expressions(root, visitor));
  }

  /** Those of them that are no part of another one. */
  static void roots(Formula.Body body, Consumer<Expr> visitor) {
    if (body.condition() != null) {
      visitor.accept(body.condition().value());
    }
    statements(body.statements(), statement -> ownExpressions(statement).forEach(visitor));
  }
}
