package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.FunctionType;
import dev.camelsiem.lang.function.builtin.Functions;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.syntax.Statement;
import dev.camelsiem.lang.value.ValueKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a rule whose values have keys, as maps and XML nodes have. A dot belongs to a
 * variable's name, so {@code $a.b} is nothing of {@code $a}.
 */
final class KeyedVariables {
  /** Longer names are not looked into: nobody wrote them by hand. */
  private static final int LONGEST = 100;

  private final Set<String> keyed = new HashSet<>();

  /** No member of a Windows event has a dot in its name. */
  private final boolean allAreMembers;

  KeyedVariables(Formula formula, HeadCompiler heads) {
    List<HeadKind> structured = new ArrayList<>();
    for (Formula.Body body : Trees.bodies(formula)) {
      Trees.expressions(body, this::indexed);
      Trees.statements(body.statements(), this::assigned);
      for (Formula.Head head : body.heads()) {
        if (head.kind() == HeadKind.XML && !heads.condition(head).path().isEmpty()) {
          keyed.add(heads.condition(head).path().get(0).toString());
        } else if (head.kind() != HeadKind.TEXT) {
          structured.add(head.kind());
        }
      }
    }
    heads.patterns().forEach(this::bound);
    allAreMembers =
        structured.contains(HeadKind.EVENTLOG)
            && structured.stream().allMatch(kind -> kind == HeadKind.EVENTLOG);
  }

  private void indexed(Expr expr) {
    if (expr instanceof Expr.Index index
        && index.base() instanceof Expr.Variable variable
        && index.index() instanceof Expr.TextLiteral) {
      keyed.add(variable.name());
    }
  }

  private void assigned(Statement statement) {
    if (statement instanceof Statement.Assign assign
        && assign.target() instanceof Expr.Variable variable
        && assign.value() instanceof Expr.Call call) {
      FunctionSpec spec = Functions.find(call.name());
      if (spec != null && spec.returnType() == FunctionType.MAP) {
        keyed.add(variable.name());
      }
    }
  }

  private void bound(TextPattern pattern) {
    pattern.bindings().stream()
        .filter(binding -> !binding.isField() && binding.value() == ValueKind.MAP)
        .forEach(binding -> keyed.add(binding.name()));
  }

  /**
   * What a name with a dot was probably meant to be, or null.
   *
   * @param name of a variable that the rule does not set
   */
  @Nullable Part part(String name) {
    if (name.length() > LONGEST) {
      return null;
    }
    int dot = name.lastIndexOf('.');
    while (dot > 0 && !keyed.contains(name.substring(0, dot))) {
      dot = name.lastIndexOf('.', dot - 1);
    }
    if (dot <= 0 && allAreMembers) {
      dot = name.indexOf('.');
    }
    return dot <= 0 || dot == name.length() - 1
        ? null
        : new Part("$" + name.substring(0, dot), name.substring(dot + 1));
  }

  /** What stands in the value of a variable below these keys, written with dots between them. */
  record Part(String variable, String keys) {
    String written() {
      return variable + "[\"" + keys.replace(".", "\"][\"") + "\"]";
    }
  }
}
