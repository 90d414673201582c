package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.syntax.Expr;
import java.util.List;

/** Finds the parts of a condition whose values explain to an author why it holds or not. */
final class Operands {
  private Operands() {}

  static void collect(Expr expr, List<Expr> found) {
    if (isLiteral(expr)) {
      return;
    }
    boolean looksInside =
        expr instanceof Expr.And
            || expr instanceof Expr.Or
            || expr instanceof Expr.Not
            || expr instanceof Expr.Binary
            || expr instanceof Expr.ListLiteral
            || (expr instanceof Expr.Call call && call.name().equals("in_list"));
    if (looksInside) {
      expr.children().forEach(child -> collect(child, found));
    } else {
      found.add(expr);
    }
  }

  private static boolean isLiteral(Expr expr) {
    return expr instanceof Expr.TextLiteral
        || expr instanceof Expr.NumberLiteral
        || expr instanceof Expr.BoolLiteral
        || expr instanceof Expr.NullLiteral
        || expr instanceof Expr.Broken;
  }
}
