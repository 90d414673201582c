package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.eval.Input;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.syntax.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Warns of what the rule as a whole lacks or has too much of (xp 14). */
final class Linter {
  /**
   * Fields that every event should have (xp 7.4). {@code event_src.vendor} is also asked for there,
   * but two fifths of the known good rules do without it.
   */
  private static final List<String> REQUIRED =
      List.of(
          "time",
          "event_src.title",
          "action",
          "object",
          "status",
          "event_src.category",
          "importance",
          "id");

  private static final List<String> CATEGORY =
      List.of("category.generic", "category.high", "category.low");

  private final SourceFile file;
  private final Formula formula;
  private final FieldCatalog catalog;
  private final HeadCompiler heads;
  private final Diagnostics diagnostics;
  private final Set<String> fieldsSet = new HashSet<>();
  private final Set<String> variablesSet = new TreeSet<>();

  Linter(
      SourceFile file,
      Formula formula,
      FieldCatalog catalog,
      HeadCompiler heads,
      Diagnostics diagnostics) {
    this.file = file;
    this.formula = formula;
    this.catalog = catalog;
    this.heads = heads;
    this.diagnostics = diagnostics;
  }

  void run() {
    collectTargets();
    requiredFields();
    category();
    unusedSubformulas();
    ExpressionLinter expressions = new ExpressionLinter(file, diagnostics);
    for (Formula.Body body : Trees.bodies(formula)) {
      if (body.condition() != null) {
        expressions.condition(body.condition().value());
      }
      Trees.expressions(body, expressions::check);
      Trees.statements(body.statements(), expressions::check);
      Trees.statements(body.statements(), this::check);
    }
    new TypeLinter(file, formula, catalog, heads, fieldsSet, diagnostics).run();
    unsetVariables(hasOnlyKnownVariables());
  }

  private void report(Diagnostic finding) {
    diagnostics.add(finding);
  }

  private void collectTargets() {
    for (Formula.Body body : Trees.bodies(formula)) {
      Trees.statements(
          body.statements(),
          statement -> {
            if (statement instanceof Statement.Assign assign) {
              boolean field = assign.target() instanceof Expr.Field;
              (field ? fieldsSet : variablesSet).add(assign.target().name());
            }
          });
    }
    for (TextPattern pattern : heads.patterns()) {
      pattern
          .bindings()
          .forEach(binding -> (binding.isField() ? fieldsSet : variablesSet).add(binding.name()));
    }
  }

  private void requiredFields() {
    boolean dropsAll =
        formula.body().statements().stream().anyMatch(Statement.Drop.class::isInstance);
    List<String> missing =
        REQUIRED.stream().filter(field -> !fieldsSet.contains(field)).map(Linter::code).toList();
    if (!dropsAll && !missing.isEmpty()) {
      report(
          LintCode.MISSING_FIELDS
              .at(file, headSpan(), missing.size())
              .withHint("set " + String.join(", ", missing)));
    }
  }

  private Span headSpan() {
    return formula.body().heads().isEmpty() ? Span.START : formula.body().heads().get(0).span();
  }

  private void category() {
    List<String> set = CATEGORY.stream().filter(fieldsSet::contains).map(Linter::code).toList();
    List<String> unset =
        CATEGORY.stream().filter(field -> !fieldsSet.contains(field)).map(Linter::code).toList();
    if (!set.isEmpty() && !unset.isEmpty()) {
      report(
          LintCode.PARTIAL_CATEGORY.at(
              file, headSpan(), String.join(", ", set), String.join(", ", unset)));
    }
  }

  private static String code(String field) {
    return "`" + field + "`";
  }

  private void unusedSubformulas() {
    Set<String> used = new HashSet<>();
    for (Formula.Body body : Trees.bodies(formula)) {
      Trees.statements(
          body.statements(),
          statement -> {
            if (statement instanceof Statement.Submessage submessage
                && submessage.name() instanceof Expr.TextLiteral name
                && submessage.format() instanceof Expr.TextLiteral format) {
              used.add(HeadKind.find(format.value()) + name.value());
            }
          });
    }
    for (Formula.Subformula subformula : formula.subformulas()) {
      boolean isUsed =
          subformula.body().heads().stream()
              .anyMatch(head -> used.contains(head.kind() + subformula.name()));
      if (!isUsed) {
        report(LintCode.UNUSED_SUBFORMULA.at(file, subformula.span()));
      }
    }
  }

  private void check(Statement statement) {
    if (!(statement instanceof Statement.Assign assign)) {
      return;
    }
    if (assign.value() instanceof Expr.Field field) {
      bareName(field);
    }
    if (assign.target() instanceof Expr.Field target) {
      List<String> allowed = catalog.valuesOf(target.name());
      if (!allowed.isEmpty()) {
        Constants.results(assign.value(), literal -> value(literal, target.name(), allowed));
      }
    }
  }

  /** An unknown field is reported as such; a known one that nothing sets is always null. */
  private void bareName(Expr.Field field) {
    String name = field.name();
    if (!fieldsSet.contains(name) && Input.of(name) == null && catalog.typeOf(name) != null) {
      report(LintCode.BARE_NAME.at(file, field.span(), name).withHint(bareNameHint(name)));
    }
  }

  static String bareNameHint(String name) {
    return "a variable is written `$" + name + "`, a text `\"" + name + "\"`";
  }

  private void value(Expr.TextLiteral literal, String field, List<String> allowed) {
    if (!allowed.contains(literal.value())) {
      diagnostics.add(
          LintCode.UNKNOWN_VALUE.at(file, literal.span(), literal.value(), field),
          () -> {
            String near = NearNames.hint(literal.value(), allowed);
            String all = "write one of " + String.join(", ", allowed);
            return near == null && allowed.size() <= 10 ? all : near;
          });
    }
  }

  /** In events with named members any variable may be set. */
  private boolean hasOnlyKnownVariables() {
    List<Formula.Head> all = new ArrayList<>();
    Trees.bodies(formula).forEach(body -> all.addAll(body.heads()));
    for (Formula.Head head : all) {
      if (head.kind() == HeadKind.XML && !heads.condition(head).path().isEmpty()) {
        variablesSet.add(heads.condition(head).path().get(0).toString());
      } else if (head.kind() != HeadKind.TEXT) {
        return false;
      }
    }
    return true;
  }

  private void unsetVariables(boolean allAreKnown) {
    KeyedVariables keyed = new KeyedVariables(formula, heads);
    List<String> known = variablesSet.stream().map(name -> "$" + name).toList();
    Set<String> reported = new HashSet<>(variablesSet);
    for (Formula.Body body : Trees.bodies(formula)) {
      Trees.expressions(
          body,
          expr -> {
            if (expr instanceof Expr.Variable variable && reported.add(variable.name())) {
              unset(variable, keyed.part(variable.name()), allAreKnown ? known : null);
            }
          });
    }
  }

  private void unset(
      Expr.Variable variable, KeyedVariables.@Nullable Part part, @Nullable List<String> known) {
    String name = "$" + variable.name();
    if (part != null) {
      report(
          LintCode.DOT_FOR_KEY
              .at(file, variable.span(), name, part.variable())
              .withHint("write `" + part.written() + "`"));
    } else if (known != null) {
      diagnostics.add(
          LintCode.UNSET_VARIABLE.at(file, variable.span(), name),
          () -> NearNames.hint(name, known));
    }
  }
}
