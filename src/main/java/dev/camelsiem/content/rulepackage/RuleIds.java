package dev.camelsiem.content.rulepackage;

import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the values that a formula gives to the field {@code id}. */
public final class RuleIds {
  private static final String ID = "id";

  private final Set<String> ids = new LinkedHashSet<>();
  private boolean computed;

  private RuleIds() {}

  /** The ids in source order; empty when one of them is not a constant. */
  public static Set<String> of(Formula formula) {
    RuleIds search = new RuleIds();
    search.statements(formula.body().statements());
    formula.subformulas().forEach(s -> search.statements(s.body().statements()));
    return search.computed ? Set.of() : search.ids;
  }

  private void statements(List<Statement> statements) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Assign assign) {
        assign(assign);
      } else if (statement instanceof Statement.If branch) {
        branches(branch.branches(), branch.otherwise());
      } else if (statement instanceof Statement.Switch selection) {
        branches(selection.cases(), selection.otherwise());
      }
    }
  }

  private void branches(List<Statement.Branch> branches, Statement.@Nullable Else otherwise) {
    branches.forEach(branch -> statements(branch.body()));
    if (otherwise != null) {
      statements(otherwise.body());
    }
  }

  private void assign(Statement.Assign assign) {
    if (assign.target() instanceof Expr.Field field && field.name().equals(ID)) {
      value(assign.value());
    }
  }

  private void value(@Nullable Expr value) {
    if (value instanceof Expr.TextLiteral literal) {
      ids.add(literal.value());
    } else if (value instanceof Expr.IfExpr choice) {
      choice.choices().forEach(c -> value(c.value()));
      value(choice.otherwise());
    } else if (value instanceof Expr.SwitchExpr selection) {
      selection.cases().forEach(c -> value(c.value()));
      value(selection.otherwise());
    } else if (value != null && !(value instanceof Expr.NullLiteral)) {
      computed = true;
    }
  }
}
