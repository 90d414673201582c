package dev.camelsiem.lang.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.compile.TestFields;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.pattern.Match;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a debugger hears of an evaluation, and how an evaluation that goes too far ends. */
class TraceTest {
  private static final String FORMULA =
      """
      TEXT = '{$user=WORD} {$rest=REST}'
      COND = $user != null and in_list(["ok", "denied"], $rest)
      status = if $rest == "ok" then "success" else "failure" endif
      if $user == "root" then
          subject.account.name = upper($user)
      elif $user == "anna" then
          src.port = "none"
      endif
      submessage("TEXT", "part", $rest)
      subformula "part"
          TEXT = '{$x=NUMBER}'
      endsubformula
      subformula "part"
          TEXT = '{$x=WORD}'
          drop
      endsubformula
      """;

  private final CompiledRule rule = compile(FORMULA);
  private final Listener listener = new Listener(FORMULA);
  private final Frame frame = new Frame();

  private static CompiledRule compile(String formula) {
    return Objects.requireNonNull(
        RuleCompiler.compile(
                new SourceFile("traced.xp", formula), new TestFields(), Options.FOR_PRODUCTION)
            .rule());
  }

  private RuleOutcome evaluate(String event) {
    return rule.evaluate(
        Document.of(Text.of(event)), EnvelopeInputs.receivedAt(0), frame, listener);
  }

  @Test
  void everyStepIsHeardInOrder() {
    assertThat(evaluate("anna denied")).isEqualTo(RuleOutcome.DROPPED);
    assertThat(listener.heard)
        .containsExactly(
            "pattern matched: anna, denied",
            "condition holds: $user != null with $user=anna",
            "condition holds: in_list([\"ok\", \"denied\"], $rest) with $rest=denied",
            "branch \"failure\"",
            "status = failure -> failure",
            "branch elif $user == \"anna\" then",
            "src.port = none -> null",
            "pattern failed at 0",
            "pattern matched: denied",
            "dropped",
            "submessage applied subformula \"part\"");
  }

  @Test
  void aConditionThatFailsIsTheLastThingHeard() {
    assertThat(evaluate("anna unknown")).isEqualTo(RuleOutcome.NO_MATCH);
    assertThat(listener.heard)
        .last()
        .isEqualTo("condition fails: in_list([\"ok\", \"denied\"], $rest) with $rest=unknown");
  }

  @Test
  void allWaysAreKnownBeforehand() {
    assertThat(rule.branchPoints())
        .extracting(point -> listener.text(point.span()).lines().findFirst().orElse(""))
        .containsExactly(
            "$rest == \"ok\"",
            "\"failure\"",
            "if $user == \"root\" then",
            "elif $user == \"anna\" then",
            "if $user == \"root\" then");
    assertThat(rule.branchPoints()).last().extracting(BranchPoint::implicit).isEqualTo(true);
    assertThat(rule.patterns()).hasSize(3);
  }

  @Test
  void aRuleThatNeedsTooManyStepsFails() {
    Frame small = new Frame(new EvaluationLimits(20, 1000));
    CompiledRule long20 = compile("JSON = ''" + " $x = lower($a)".repeat(30));
    RuleOutcome outcome =
        long20.evaluate(
            Document.of(Text.of("{\"a\": \"x\"}")), EnvelopeInputs.receivedAt(0), small, null);
    assertThat(outcome).isEqualTo(RuleOutcome.FAILED);
    assertThat(small.failure()).isEqualTo(EvaluationFailure.TOO_MANY_STEPS);
  }

  @Test
  void aRuleThatMakesTooMuchTextFails() {
    Frame small = new Frame(new EvaluationLimits(10_000, 1000));
    CompiledRule doubling = compile("JSON = ''" + " $a = $a + $a".repeat(30));
    RuleOutcome outcome =
        doubling.evaluate(
            Document.of(Text.of("{\"a\": \"x\"}")), EnvelopeInputs.receivedAt(0), small, null);
    assertThat(outcome).isEqualTo(RuleOutcome.FAILED);
    assertThat(small.failure()).isEqualTo(EvaluationFailure.TOO_MUCH_OUTPUT);
  }

  @Test
  void aFrameForgetsTheLastEvent() {
    assertThat(evaluate("root ok")).isEqualTo(RuleOutcome.DROPPED);
    CompiledRule other = compile("TEXT = '{datafield1=REST}'");
    RuleOutcome outcome =
        other.evaluate(Document.of(Text.of("x")), EnvelopeInputs.receivedAt(0), frame, null);
    assertThat(outcome).isEqualTo(RuleOutcome.NORMALIZED);
    assertThat(frame.fieldCount()).isEqualTo(1);
    assertThat(frame.value("datafield1")).hasToString("x");
    assertThat(frame.value("status")).isNull();
  }

  /** Writes down what it hears. */
  private static final class Listener implements Trace {
    private final String source;
    private final List<String> heard = new ArrayList<>();

    Listener(String source) {
      this.source = source;
    }

    private String text(Span span) {
      return source.substring(span.from(), span.to());
    }

    @Override
    public void pattern(
        TextPattern pattern, byte[] bytes, int from, int to, Match match, boolean matched) {
      if (!matched) {
        heard.add("pattern failed at " + (match.furthest() - from));
        return;
      }
      List<String> values = new ArrayList<>();
      for (int i = 0; i < pattern.bindings().size(); i++) {
        values.add(String.valueOf(match.text(i)));
      }
      heard.add("pattern matched: " + String.join(", ", values));
    }

    @Override
    public void condition(Span part, boolean holds, List<Operand> operands) {
      StringBuilder line = new StringBuilder("condition ");
      line.append(holds ? "holds: " : "fails: ").append(text(part)).append(" with");
      for (Operand operand : operands) {
        line.append(' ').append(text(operand.span())).append('=').append(operand.value());
      }
      heard.add(line.toString());
    }

    @Override
    public void assigned(
        Span statement, String target, @Nullable Object value, @Nullable Object stored) {
      heard.add(target + " = " + value + " -> " + stored);
    }

    @Override
    public void branch(BranchPoint point) {
      heard.add("branch " + text(point.span()));
    }

    @Override
    public void submessage(Span call, @Nullable Span applied) {
      heard.add("submessage applied " + (applied == null ? "nothing" : text(applied)));
    }

    @Override
    public void dropped(Span statement) {
      heard.add("dropped");
    }
  }
}
