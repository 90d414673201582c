package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.builtin.Functions;
import dev.camelsiem.lang.pattern.Binding;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.syntax.Statement;
import dev.camelsiem.lang.value.ValueKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the statements of a rule in the order of their execution and looks at every call and
 * assignment, knowing what kinds of values the variables have there: as far as the body itself has
 * set them, since an event may bring anything.
 */
final class TypeLinter {
  private final Formula formula;
  private final FieldCatalog catalog;
  private final HeadCompiler heads;
  private final Set<String> fieldsSet;
  private final TypeChecks checks;

  /** Variables that a submessage may set; null when it may set all. */
  private final @Nullable Set<String> shared;

  /**
   * @param fieldsSet the fields that the rule sets anywhere
   */
  TypeLinter(
      SourceFile file,
      Formula formula,
      FieldCatalog catalog,
      HeadCompiler heads,
      Set<String> fieldsSet,
      Diagnostics diagnostics) {
    this.formula = formula;
    this.catalog = catalog;
    this.heads = heads;
    this.fieldsSet = fieldsSet;
    this.checks = new TypeChecks(file, catalog, diagnostics);
    this.shared = shared();
  }

  private @Nullable Set<String> shared() {
    Set<String> names = new HashSet<>();
    for (Formula.Subformula subformula : formula.subformulas()) {
      if (!bindsOnlyWhatItNames(subformula.body())) {
        return null;
      }
      names.addAll(bound(subformula.body()).keySet());
      Trees.statements(
          subformula.body().statements(),
          statement -> {
            if (statement instanceof Statement.Assign assign) {
              names.add(assign.target().name());
            }
          });
    }
    return names;
  }

  /** With another head any member of the event becomes a variable. */
  private static boolean bindsOnlyWhatItNames(Formula.Body body) {
    return body.heads().stream()
        .allMatch(head -> head.kind() == HeadKind.TEXT || head.kind() == HeadKind.XML);
  }

  /** The variables that the heads of a body name. */
  private Map<String, Set<ValueKind>> bound(Formula.Body body) {
    Map<String, Set<ValueKind>> bound = new HashMap<>();
    for (Formula.Head head : body.heads()) {
      for (Binding binding : bindings(head)) {
        if (!binding.isField()) {
          kindsIn(bound, binding.name()).add(binding.value());
        }
      }
      if (head.kind() == HeadKind.XML && !heads.condition(head).path().isEmpty()) {
        kindsIn(bound, heads.condition(head).path().get(0).toString()).add(ValueKind.XML_NODE);
      }
    }
    return bound;
  }

  private static Set<ValueKind> kindsIn(Map<String, Set<ValueKind>> bound, String name) {
    return bound.computeIfAbsent(name, key -> EnumSet.noneOf(ValueKind.class));
  }

  private List<Binding> bindings(Formula.Head head) {
    TextPattern pattern = heads.pattern(head);
    return pattern == null ? List.of() : pattern.bindings();
  }

  void run() {
    VariableKinds start = nothingKnown();
    if (bindsOnlyWhatItNames(formula.body())) {
      bound(formula.body()).forEach(start::put);
    }
    walk(formula.body(), start);
    // What a subformula does not bind this time is what it was outside.
    formula.subformulas().forEach(subformula -> walk(subformula.body(), nothingKnown()));
  }

  private VariableKinds nothingKnown() {
    return VariableKinds.none(name -> shared == null || shared.contains(name));
  }

  private void walk(Formula.Body body, VariableKinds variables) {
    for (Formula.Head head : body.heads()) {
      bindings(head).stream().filter(Binding::isField).forEach(checks::binding);
    }
    if (body.condition() != null) {
      calls(body.condition().value(), variables);
    }
    walk(body.statements(), variables);
  }

  private void walk(List<Statement> statements, VariableKinds variables) {
    for (Statement statement : statements) {
      Trees.ownExpressions(statement).forEach(expr -> calls(expr, variables));
      if (statement instanceof Statement.Assign assign) {
        assign(assign, variables);
      } else if (statement instanceof Statement.If branch) {
        branches(branch.branches(), branch.otherwise(), variables);
      } else if (statement instanceof Statement.Switch selection) {
        branches(selection.cases(), selection.otherwise(), variables);
      } else if (statement instanceof Statement.Submessage) {
        variables.submessage();
      }
    }
  }

  private void branches(
      List<Statement.Branch> branches,
      Statement.@Nullable Else otherwise,
      VariableKinds variables) {
    List<VariableKinds> ends = new ArrayList<>();
    branches.forEach(branch -> ends.add(walked(branch.body(), variables)));
    if (otherwise != null) {
      ends.add(walked(otherwise.body(), variables));
    }
    variables.join(ends, otherwise != null);
  }

  private VariableKinds walked(List<Statement> body, VariableKinds before) {
    VariableKinds branch = before.branch();
    walk(body, branch);
    return branch;
  }

  private void assign(Statement.Assign assign, VariableKinds variables) {
    Set<ValueKind> kinds = kinds(variables).of(assign.value());
    if (assign.target() instanceof Expr.Variable variable) {
      variables.put(variable.name(), kinds);
    } else {
      checks.assignment(assign.target().name(), assign.value(), kinds);
    }
  }

  private void calls(Expr expr, VariableKinds variables) {
    KindFinder kinds = kinds(variables);
    Trees.expressions(
        expr,
        each -> {
          FunctionSpec spec = each instanceof Expr.Call call ? Functions.find(call.name()) : null;
          if (spec != null) {
            checks.call(spec, each.children(), kinds);
          }
        });
  }

  private KindFinder kinds(VariableKinds variables) {
    return new KindFinder(catalog, fieldsSet, variables);
  }
}
