package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.eval.BranchPoint;
import dev.camelsiem.lang.eval.ConditionPart;
import dev.camelsiem.lang.eval.Node;
import dev.camelsiem.lang.eval.Program;
import dev.camelsiem.lang.eval.Section;
import dev.camelsiem.lang.eval.Step;
import dev.camelsiem.lang.eval.Steps;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.Parser;
import dev.camelsiem.lang.syntax.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door to the compiler: source text in, a rule that runs and all findings out. */
public final class RuleCompiler {
  private final SourceFile file;
  private final Options options;
  private final Diagnostics diagnostics = new Diagnostics();
  private final Symbols symbols = new Symbols();
  private final FieldNames fields;
  private final HeadCompiler heads;
  private final Formula formula;
  private final List<Statement> appended = new ArrayList<>();
  private final List<BranchPoint> points = new ArrayList<>();
  private final StatementCompiler statements;

  private RuleCompiler(SourceFile file, FieldCatalog catalog, Options options) {
    this.file = file;
    this.options = options;
    this.fields = new FieldNames(file, catalog, diagnostics);
    this.heads = new HeadCompiler(file, diagnostics);
    this.formula = Parser.formula(file, diagnostics);
    this.statements =
        new StatementCompiler(file, symbols, fields, formula.subformulas(), points, diagnostics);
  }

  /** Compiles a formula. Never throws on any text. */
  public static Compilation compile(SourceFile file, FieldCatalog catalog, Options options) {
    return new RuleCompiler(file, catalog, options).compile();
  }

  private Compilation compile() {
    List<Formula.Body> bodies = Trees.bodies(formula);
    heads.read(bodies);
    declare(bodies);
    Section main = section(Span.START, formula.body(), appendix());
    List<Section> subformulas = new ArrayList<>();
    for (Formula.Subformula subformula : formula.subformulas()) {
      subformulas.add(section(subformula.span(), subformula.body(), List.of()));
    }
    if (options.lint() && !diagnostics.hasErrors()) {
      new Linter(file, formula, fields.catalog(), heads, diagnostics).run();
    }
    CompiledRule rule =
        diagnostics.hasErrors()
            ? null
            : new CompiledRule(
                file,
                new Program(symbols.variables(), symbols.fields(), main, subformulas),
                facts());
    return new Compilation(rule, formula, diagnostics.all());
  }

  private void declare(List<Formula.Body> bodies) {
    symbols.declare(source(formula), bodies, heads.patterns());
    if (options.appendix()) {
      appended.addAll(Appendix.statements(symbols::canSet));
      symbols.declare(appended);
    }
    symbols.number();
    if (symbols.source() != null) {
      symbols.declare(new Aliases(formula.body(), symbols));
    }
  }

  private static @Nullable DocumentFormat source(Formula formula) {
    List<Formula.Head> heads = formula.body().heads();
    if (heads.size() != 1 || !formula.subformulas().isEmpty()) {
      return null;
    }
    return switch (heads.get(0).kind()) {
      case JSON -> DocumentFormat.JSON;
      case TABULAR -> DocumentFormat.TABULAR;
      case EVENTLOG -> DocumentFormat.EVENTLOG;
      case TEXT, XML -> null;
    };
  }

  /** The appendix stands in no file of the author's, so nothing is reported about it. */
  private List<Step> appendix() {
    if (appended.isEmpty()) {
      return List.of();
    }
    Diagnostics unheard = new Diagnostics();
    FieldNames names = new FieldNames(file, fields.catalog(), unheard);
    StatementCompiler compiler =
        new StatementCompiler(file, symbols, names, List.of(), new ArrayList<>(), unheard);
    return List.of(Steps.unseen(compiler.compile(appended)));
  }

  private Section section(Span span, Formula.Body body, List<Step> after) {
    List<Step> steps = new ArrayList<>(List.of(statements.compile(body.statements())));
    steps.addAll(after);
    statements.expressions().forgetAliases(); // the condition comes first
    Node condition = null;
    List<ConditionPart> parts = new ArrayList<>();
    if (body.condition() != null) {
      int before = statements.expressions().cost();
      Node tested = statements.expressions().compile(body.condition().value());
      condition = Node.paid(tested, statements.expressions().cost() - before);
      parts(body.condition().value(), parts);
    }
    return new Section(
        span,
        heads.matchers(body, symbols, fields),
        condition,
        parts,
        steps.size() == 1 ? steps.get(0) : Steps.block(steps));
  }

  private void parts(Expr condition, List<ConditionPart> parts) {
    if (condition instanceof Expr.And and) {
      and.children().forEach(child -> parts(child, parts));
      return;
    }
    List<Expr> operands = new ArrayList<>();
    Operands.collect(condition, operands);
    parts.add(
        new ConditionPart(
            condition.span(),
            statements.expressions().compile(condition),
            operands.stream().map(Expr::span).toList(),
            operands.stream().map(statements.expressions()::compile).toList()));
  }

  private Set<VariablePath> reads() {
    Set<VariablePath> reads = new LinkedHashSet<>();
    for (Formula.Body body : Trees.bodies(formula)) {
      Trees.roots(body, root -> symbols.aliases().collect(root, reads));
    }
    return Collections.unmodifiableSet(reads);
  }

  private CompiledRule.Facts facts() {
    Formula.Body body = formula.body();
    List<CompiledRule.HeadFacts> headFacts = new ArrayList<>();
    for (Formula.Head head : body.heads()) {
      headFacts.add(
          new CompiledRule.HeadFacts(head.kind(), heads.condition(head), heads.pattern(head)));
    }
    return new CompiledRule.Facts(
        List.copyOf(headFacts),
        body.condition() == null ? List.of() : FactFinder.facts(body.condition().value()),
        reads(),
        Constants.of(formula),
        List.copyOf(points),
        List.copyOf(heads.patterns()));
  }
}
