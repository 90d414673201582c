package dev.camelsiem.lang.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.Text;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What it takes to compile grows with the text and with nothing else; counted in bytes made. */
class CompileCostTest {
  private static final int FEW = 250;
  private static final int TIMES = 8;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Map<String, IntFunction<String>> SHAPES = new LinkedHashMap<>();

  static {
    shape("subformulas", "", i -> "subformula \"s\" TEXT = '{REST}' endsubformula\n");
    shape("subformulas of one name, each called by another", "", i -> call("s") + text("s"));
    shape("subformulas of many names", "", i -> call("s" + i) + text("s" + i));
    shape("calls of no subformula", "", i -> call("s" + i) + text("t" + i));
    shape(
        "JSON subformulas with variables of their own",
        "",
        i -> "subformula \"s\" JSON = '' $a" + i + " = 1 endsubformula\n");
    shape("JSON heads", "", i -> "JSON = 'a" + i + "' $b" + i + " = 1\n");
    shape(
        "TEXT subformulas with variables of their own",
        "",
        i -> "subformula \"s\" TEXT = '{$a" + i + "=REST}' endsubformula\n");
    shape("variables that nothing sets", "TEXT = '{REST}'\n", i -> "$aa" + i + " = $bb" + i + "\n");
    shape("fields that nobody knows", "", i -> "abc.def" + i + " = 1\n");
    shape("functions that there are not", "", i -> "$a = f" + i + "()\n");
    shape("statements that are none", "", i -> "iff x = 1\n");
    shape("values that are not allowed", "", i -> "action = \"x" + i + "\"\n");
    shape("statements", "", i -> "$a = lower($b)\n");
    shape("constant calls", "", i -> "$a = length(\"x\") + 1\n");
    shape("if and elif", "if $a then\n", i -> "elif $a then $b = " + i + "\n", "endif");
    shape("numbers", "$x = [", i -> i + ",", "0]");
    shape("negative numbers", "$x = [", i -> "-1,", "0]");
    shape("texts", "$x = [", i -> "'a" + i + "',", "0]");
    shape("variables in a list", "$x = [", i -> "$a,", "0]");
    shape("operands of or", "COND = ", i -> "$a == " + i + " or ", "$a");
    shape("operands of in_list", "COND = in_list([", i -> "$a" + i + ",", "$a], $b)");
    shape("cases of texts", "$x = switch $a ", i -> "case 'a" + i + "' 1 ", "endswitch");
    shape("cases of numbers", "$x = switch $a ", i -> "case " + i + " 1 ", "endswitch");
    shape("parts of a format", "TEXT = '", i -> "{\"" + "x".repeat(40) + i + "\"}", "'");
    shape("alternatives of a format", "TEXT = '{", i -> "\"x" + i + "\"|", "}'");
  }

  private static void shape(String name, String before, IntFunction<String> unit) {
    shape(name, before, unit, "");
  }

  private static void shape(String name, String before, IntFunction<String> unit, String after) {
    SHAPES.put(
        name,
        count ->
            (before.startsWith("TEXT") ? "" : "JSON = ''\n")
                + before
                + IntStream.range(0, count).mapToObj(unit).collect(Collectors.joining())
                + after);
  }

  private static String call(String name) {
    return "submessage(\"TEXT\", \"" + name + "\", $x)\n";
  }

  private static String text(String name) {
    return "subformula \"" + name + "\" TEXT = '{REST}' endsubformula\n";
  }

  private static Compilation compile(String formula) {
    return RuleCompiler.compile(
        new SourceFile("rule.xp", formula), new TestFields(), Options.FOR_AUTHORS);
  }

  @TestFactory
  Stream<DynamicTest> growsWithTheText() {
    return SHAPES.entrySet().stream()
        .map(shape -> dynamicTest(shape.getKey(), () -> check(shape.getValue())));
  }

  private static void check(IntFunction<String> shape) {
    String small = shape.apply(FEW);
    String large = shape.apply(FEW * TIMES);
    made(small);
    long atFirst = made(small);
    double times = (double) large.length() / small.length();
    assertThat(made(large)).isLessThan((long) (1.5 * times * atFirst) + (1 << 20));
  }

  /** Bytes that compiling makes. */
  private static long made(String formula) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Compilation compiled = compile(formula);
    long after = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(compiled.findings()).hasSizeLessThanOrEqualTo(50);
    return after - before;
  }

  /** A list in a list in a list: with each compiled twice, the innermost is a million times. */
  @Test
  void whatIsNestedIsCompiledOnce() {
    String nested = "if $a then 1 else 2 endif";
    for (int i = 0; i < 20; i++) {
      nested = "in_list([" + nested + "], $b)";
    }
    Compilation compiled = compile("JSON = ''\n$x = " + nested);
    assertThat(Objects.requireNonNull(compiled.rule()).branchPoints()).hasSize(2);
  }

  /** What is constant is worked out while compiling only as far as that is cheap. */
  @Test
  void constantsThatGrowAreLeftToTheRule() {
    String grown = "\"aaaaaaaaaa\"";
    for (int i = 0; i < 8; i++) {
      grown = "replace(" + grown + ", \"aaaaaaaaaa\", \"a\")";
    }
    String formula = "JSON = ''\n$x = " + grown + "\nreason = \"x\"\n";
    made(formula);
    assertThat(made(formula)).isLessThan(1 << 20);
    assertThat(outcome(formula)).isEqualTo(RuleOutcome.FAILED);
    String small = "replace(replace(\"aaa\", \"aaa\", \"a\"), \"b\", \"aaaaaaaaa\")";
    assertThat(outcome("JSON = '' COND = " + small + " == \"b\""))
        .isEqualTo(RuleOutcome.NORMALIZED);
  }

  private static RuleOutcome outcome(String formula) {
    CompiledRule rule = Objects.requireNonNull(compile(formula).rule());
    Frame frame = new Frame();
    return rule.evaluate(Document.of(Text.of("{}")), EnvelopeInputs.receivedAt(0), frame, null);
  }

  /** To compare long names letter by letter takes the square of their length. */
  @Test
  void longNamesHaveNoNeighbours() {
    String name = "a".repeat(4_000);
    assertThat(made("TEXT = '{REST}' $" + name + "b = $" + name + "c")).isLessThan(8 << 20);
    List<Diagnostic> findings = compile("TEXT = '{REST}' $name = $nmae").findings();
    assertThat(findings).extracting(Diagnostic::hint).contains("did you mean `$name`?");
  }
}
