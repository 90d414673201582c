package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Operator;
import dev.camelsiem.lang.syntax.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Warns of comparisons and conditions that cannot do what they seem to. */
final class ExpressionLinter {
  private final SourceFile file;
  private final Diagnostics diagnostics;

  ExpressionLinter(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /** Looks at one expression without those inside it. */
  void check(Expr expr) {
    if (expr instanceof Expr.Binary binary) {
      comparison(binary);
    } else if (expr instanceof Expr.And || expr instanceof Expr.Or || expr instanceof Expr.Not) {
      expr.children().forEach(this::condition);
    } else if (expr instanceof Expr.IfExpr choice) {
      choice.choices().forEach(each -> condition(each.condition()));
    } else if (expr instanceof Expr.SwitchExpr selection) {
      cases(selection.subject(), selection.cases().stream().map(Expr.Choice::condition).toList());
    } else if (expr instanceof Expr.Call call && call.name().equals("in_list")) {
      inList(call);
    }
  }

  void check(Statement statement) {
    if (statement instanceof Statement.If branch) {
      branch.branches().forEach(each -> condition(each.condition()));
    } else if (statement instanceof Statement.Switch selection) {
      cases(
          selection.subject(),
          selection.cases().stream().map(Statement.Branch::condition).toList());
    }
  }

  /** An expression that stands where a condition is wanted. */
  void condition(Expr expr) {
    if (isCall(expr, "find_substr")) {
      diagnostics.add(
          LintCode.OFFSET_AS_CONDITION
              .at(file, expr.span())
              .withHint("compare it: `find_substr(...) != null`"));
    }
  }

  private void comparison(Expr.Binary binary) {
    if (isCall(binary.left(), "find_substr")
        && binary.operator() == Operator.GREATER
        && isZero(binary.right())) {
      offset(binary);
    } else if (isCall(binary.right(), "find_substr")
        && binary.operator() == Operator.LESS
        && isZero(binary.left())) {
      offset(binary);
    }
    if (binary.operator() == Operator.EQUAL || binary.operator() == Operator.NOT_EQUAL) {
      letterCase(binary.left(), binary.right());
      letterCase(binary.right(), binary.left());
    }
  }

  private void offset(Expr.Binary binary) {
    diagnostics.add(
        LintCode.OFFSET_ABOVE_ZERO.at(file, binary.span()).withHint("compare with `!= null`"));
  }

  private static boolean isZero(Expr expr) {
    return expr instanceof Expr.NumberLiteral number && number.value() == 0;
  }

  private static boolean isCall(Expr expr, String name) {
    return expr instanceof Expr.Call call && call.name().equals(name);
  }

  private void inList(Expr.Call call) {
    if (call.children().size() == 2 && call.children().get(0) instanceof Expr.ListLiteral list) {
      list.children().forEach(element -> letterCase(call.children().get(1), element));
    }
  }

  private void letterCase(Expr converted, Expr literal) {
    if (!(literal instanceof Expr.TextLiteral text)) {
      return;
    }
    String value = text.value();
    if (isCall(converted, "lower") && !value.toLowerCase(Locale.ROOT).equals(value)) {
      impossible("lower", "upper", text);
    } else if (isCall(converted, "upper") && !value.toUpperCase(Locale.ROOT).equals(value)) {
      impossible("upper", "lower", text);
    }
  }

  private void impossible(String function, String letters, Expr.TextLiteral text) {
    diagnostics.add(
        LintCode.IMPOSSIBLE_CASE.at(file, text.span(), function, letters, text.value()));
  }

  private void cases(Expr subject, List<Expr> values) {
    Set<Object> seen = new HashSet<>();
    for (Expr value : values) {
      letterCase(subject, value);
      Object literal = literal(value);
      if (literal != null && !seen.add(literal)) {
        diagnostics.add(LintCode.DUPLICATE_CASE.at(file, value.span(), literal));
      }
    }
  }

  private static @Nullable Object literal(Expr value) {
    if (value instanceof Expr.TextLiteral text) {
      return text.value();
    }
    return value instanceof Expr.NumberLiteral number ? (Object) number.value() : null;
  }
}
