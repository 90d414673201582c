package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.AnyHead;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.HeadMatcher;
import dev.camelsiem.lang.eval.Program;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.eval.Section;
import dev.camelsiem.lang.eval.Step;
import dev.camelsiem.lang.eval.Steps;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.syntax.Parser;
import dev.camelsiem.lang.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression that stands alone, for the command line and for tests. */
public final class CompiledExpression {
  /** No formula can write this name. */
  private static final String RESULT = "=";

  private final @Nullable Program program;
  private final List<Diagnostic> findings;

  private CompiledExpression(@Nullable Program program, List<Diagnostic> findings) {
    this.program = program;
    this.findings = findings;
  }

  /**
   * Compiles an expression. Never throws on any text.
   *
   * @param kind JSON, TABULAR, EVENTLOG or XML when the expression reads variables of an event;
   *     null when it reads none
   */
  public static CompiledExpression compile(
      SourceFile file, FieldCatalog catalog, @Nullable HeadKind kind) {
    Diagnostics diagnostics = new Diagnostics();
    Expr expr = Parser.expression(file, diagnostics);
    if (expr == null) {
      return new CompiledExpression(null, diagnostics.all());
    }
    List<Formula.Head> heads =
        kind == null || kind == HeadKind.TEXT
            ? List.of()
            : List.of(
                new Formula.Head(Span.START, false, kind, new Expr.TextLiteral(Span.START, "")));
    Statement assign =
        new Statement.Assign(expr.span(), new Expr.Variable(expr.span(), RESULT), expr);
    Program program =
        program(file, catalog, new Formula.Body(heads, null, List.of(assign)), diagnostics);
    return new CompiledExpression(diagnostics.hasErrors() ? null : program, diagnostics.all());
  }

  private static Program program(
      SourceFile file, FieldCatalog catalog, Formula.Body body, Diagnostics diagnostics) {
    Symbols symbols = new Symbols();
    symbols.declare(null, List.of(body), List.of());
    symbols.number();
    FieldNames fields = new FieldNames(file, catalog, diagnostics);
    Step step =
        new StatementCompiler(file, symbols, fields, List.of(), new ArrayList<>(), diagnostics)
            .compile(body.statements());
    List<HeadMatcher> matchers =
        new ArrayList<>(new HeadCompiler(file, diagnostics).matchers(body, symbols, fields));
    if (matchers.isEmpty()) {
      matchers.add(new AnyHead());
    }
    Section main = new Section(Span.START, matchers, null, List.of(), Steps.block(List.of(step)));
    return new Program(symbols.variables(), symbols.fields(), main, List.of());
  }

  /** Errors and warnings. */
  public List<Diagnostic> findings() {
    return findings;
  }

  public boolean hasErrors() {
    return program == null;
  }

  /**
   * Evaluates; afterwards {@link #value} has the result.
   *
   * @return {@link RuleOutcome#NORMALIZED} when there is a result
   */
  public RuleOutcome evaluate(Document document, EnvelopeInputs inputs, Frame frame) {
    if (program == null) {
      throw new IllegalStateException("an expression with errors cannot be evaluated");
    }
    return program.run(document, inputs, frame, null);
  }

  /** The result of the last evaluation in this frame. */
  public static @Nullable Object value(Frame frame) {
    return frame.variable(RESULT);
  }
}
