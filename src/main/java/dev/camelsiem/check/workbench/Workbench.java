package dev.camelsiem.check.workbench;

import dev.camelsiem.check.RawText;
import dev.camelsiem.check.trace.Explanation;
import dev.camelsiem.check.trace.RuleRun;
import dev.camelsiem.check.trace.ShownValues;
import dev.camelsiem.check.trace.TraceRecorder;
import dev.camelsiem.check.trace.TraceStep;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.Parser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one input after the other against one event. Statements are kept, so that later inputs
 * see the variables and fields that earlier ones have set; the value of an expression is {@code
 * $it} afterwards. Not thread-safe.
 */
public final class Workbench {
  /** The variable that holds the value of the last expression. */
  public static final String LAST = "it";

  private static final String INPUT = "<input>";
  private static final Options OPTIONS = new Options(false, false);

  private Envelope event;
  private String head;
  private StringBuilder past = new StringBuilder();

  /**
   * @param event what {@code $} variables come from: the members of a JSON object, the variables of
   *     an event-log event, the root of an XML document, or {@code $text}; null for none
   */
  public Workbench(@Nullable RawText event) {
    this.event = Bench.open(event);
    this.head = Bench.head(this.event);
  }

  /** Takes another event; what statements have set is kept as statements. */
  public void event(@Nullable RawText next) {
    event = Bench.open(next);
    head = Bench.head(event);
  }

  /** Forgets all statements. */
  public void reset() {
    past = new StringBuilder();
  }

  /** The head that the event got. */
  public String head() {
    return head;
  }

  /** Evaluates an expression, statements, or a whole formula with its own head. */
  public Answer run(String input) {
    Diagnostics asExpression = new Diagnostics();
    boolean expression =
        Parser.expression(new SourceFile(INPUT, input), asExpression) != null
            && !asExpression.hasErrors();
    if (expression) {
      return expression(input);
    }
    Diagnostics asFormula = new Diagnostics();
    Formula formula = Parser.formula(new SourceFile(INPUT, input), asFormula);
    if (!formula.body().heads().isEmpty()) {
      return formula(input);
    }
    boolean statements = !formula.body().statements().isEmpty() || !formula.subformulas().isEmpty();
    return statements ? statements(input) : Answer.refused(asExpression.all());
  }

  private Answer expression(String input) {
    String before = head + past + "$" + LAST + " = ";
    Compilation compilation = compile(before + input);
    List<Diagnostic> findings = rebase(compilation.findings(), input, before.length());
    if (compilation.rule() == null) {
      return Answer.refused(findings);
    }
    Frame frame = new Frame();
    RuleRun run = RuleRun.of(compilation.rule(), event, frame, null);
    if (run.outcome() != RuleOutcome.NORMALIZED) {
      return Answer.refused(stopped(run, input));
    }
    past.append('$').append(LAST).append(" = ").append(input).append('\n');
    return new Answer(findings, ShownValues.json(frame.variable(LAST)), List.of());
  }

  private Answer statements(String input) {
    String before = head + past;
    Compilation compilation = compile(before + input);
    List<Diagnostic> findings = rebase(compilation.findings(), input, before.length());
    if (compilation.rule() == null) {
      return Answer.refused(findings);
    }
    TraceRecorder recorder = new TraceRecorder();
    RuleRun run = RuleRun.of(compilation.rule(), event, new Frame(), recorder);
    if (run.outcome() != RuleOutcome.NORMALIZED) {
      return Answer.refused(stopped(run, input));
    }
    past.append(input).append('\n');
    return new Answer(findings, null, assignments(recorder.steps(), before.length()));
  }

  private Answer formula(String input) {
    SourceFile file = new SourceFile(INPUT, input);
    Compilation compilation = RuleCompiler.compile(file, Taxonomy.standard(), OPTIONS);
    if (compilation.rule() == null) {
      return Answer.refused(compilation.findings());
    }
    TraceRecorder recorder = new TraceRecorder();
    RuleRun run = RuleRun.of(compilation.rule(), event, new Frame(), recorder);
    List<Diagnostic> findings = new ArrayList<>(compilation.findings());
    if (run.json() == null) {
      findings.addAll(
          run.failure() == null
              ? Explanation.of(file, recorder.steps(), "<event>", run.problem())
              : stopped(run, input));
    }
    return new Answer(findings, run.json(), List.of());
  }

  private static Compilation compile(String text) {
    return RuleCompiler.compile(new SourceFile(INPUT, text), Taxonomy.standard(), OPTIONS);
  }

  private static List<Diagnostic> stopped(RuleRun run, String input) {
    String why = run.failure() == null ? "the statements drop the event" : run.failure();
    return List.of(WorkbenchCode.STOPPED.at(new SourceFile(INPUT, input), Span.START, why));
  }

  /** What was set from an offset on, the last value of each name, in the order of the first. */
  private static List<String> assignments(List<TraceStep> steps, int from) {
    Map<String, String> last = new LinkedHashMap<>();
    for (TraceStep step : steps) {
      if (step instanceof TraceStep.Assigned assigned && assigned.statement().from() >= from) {
        last.put(assigned.target(), assigned.stored());
      }
    }
    return last.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList();
  }

  /** Findings about the input alone, with places in the input alone. */
  private static List<Diagnostic> rebase(List<Diagnostic> findings, String input, int shift) {
    SourceFile file = new SourceFile(INPUT, input);
    List<Diagnostic> own = new ArrayList<>();
    for (Diagnostic finding : findings) {
      int from = finding.span().from() - shift;
      int to = finding.span().to() - shift;
      if (to >= 0) {
        Span span = new Span(Math.max(0, from), Math.min(input.length(), Math.max(0, to)));
        own.add(new Diagnostic(finding.code(), file, span, finding.message(), finding.hint()));
      }
    }
    return own;
  }
}
