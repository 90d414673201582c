package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the facts out of a condition: what each operand of its {@code and}s demands. */
final class FactFinder {
  private final List<Fact> facts = new ArrayList<>();

  private FactFinder() {}

  static List<Fact> facts(Expr condition) {
    FactFinder finder = new FactFinder();
    finder.conjunct(condition);
    return List.copyOf(finder.facts);
  }

  private void conjunct(Expr expr) {
    if (expr instanceof Expr.And and) {
      and.children().forEach(this::conjunct);
      return;
    }
    Fact fact = fact(expr);
    if (fact != null) {
      facts.add(fact);
    }
  }

  private static @Nullable Fact fact(Expr expr) {
    if (expr instanceof Expr.Binary binary) {
      return switch (binary.operator()) {
        case EQUAL -> equality(binary);
        case NOT_EQUAL -> presence(binary);
        default -> null;
      };
    }
    if (expr instanceof Expr.Or or) {
      return oneOf(or);
    }
    return expr instanceof Expr.Call call ? inList(call) : null;
  }

  private static @Nullable Fact equality(Expr.Binary binary) {
    VariablePath path = VariablePath.of(binary.left());
    Object constant = constant(path == null ? binary.left() : binary.right());
    VariablePath found = path == null ? VariablePath.of(binary.right()) : path;
    return found == null || constant == null ? null : new Fact.Equals(found, constant);
  }

  private static @Nullable Fact presence(Expr.Binary binary) {
    boolean nullRight = binary.right() instanceof Expr.NullLiteral;
    if (!nullRight && !(binary.left() instanceof Expr.NullLiteral)) {
      return null;
    }
    Expr operand = nullRight ? binary.left() : binary.right();
    VariablePath path = VariablePath.of(operand);
    if (path != null) {
      return new Fact.IsSet(path);
    }
    return operand instanceof Expr.Call call ? containment(call) : null;
  }

  private static @Nullable Fact containment(Expr.Call call) {
    if (!call.name().equals("find_substr") || call.children().size() != 2) {
      return null;
    }
    VariablePath path = VariablePath.of(call.children().get(0));
    return path != null && call.children().get(1) instanceof Expr.TextLiteral part
        ? new Fact.Contains(path, Text.of(part.value()))
        : null;
  }

  private static @Nullable Fact inList(Expr.Call call) {
    if (!call.name().equals("in_list")
        || call.children().size() != 2
        || !(call.children().get(0) instanceof Expr.ListLiteral list)) {
      return null;
    }
    VariablePath path = VariablePath.of(call.children().get(1));
    List<@Nullable Object> constants = new ArrayList<>();
    for (Expr element : list.children()) {
      Object constant = constant(element);
      if (constant == null && !(element instanceof Expr.NullLiteral)) {
        return null;
      }
      constants.add(constant);
    }
    return path == null ? null : oneOf(path, constants);
  }

  /** {@code $x == "a" or $x == "b"}. */
  private static @Nullable Fact oneOf(Expr.Or or) {
    VariablePath path = null;
    List<@Nullable Object> constants = new ArrayList<>();
    for (Expr part : or.children()) {
      Fact fact = fact(part);
      if (fact == null || (path != null && !fact.path().equals(path))) {
        return null;
      }
      path = fact.path();
      if (fact instanceof Fact.Equals equals) {
        constants.add(equals.constant());
      } else if (fact instanceof Fact.OneOf several) {
        constants.addAll(several.constants());
      } else {
        return null;
      }
    }
    return path == null ? null : oneOf(path, constants);
  }

  private static Fact oneOf(VariablePath path, List<@Nullable Object> constants) {
    return new Fact.OneOf(path, Collections.unmodifiableList(constants));
  }

  private static @Nullable Object constant(Expr expr) {
    if (expr instanceof Expr.TextLiteral text) {
      return Text.of(text.value());
    }
    if (expr instanceof Expr.NumberLiteral number) {
      return number.value();
    }
    if (expr instanceof Expr.BoolLiteral bool) {
      return bool.value();
    }
    boolean negative = expr instanceof Expr.Negate;
    return negative && ((Expr.Negate) expr).operand() instanceof Expr.NumberLiteral number
        ? (Object) (-number.value())
        : null;
  }
}
