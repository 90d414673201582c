package dev.camelsiem.check.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.EvaluationFailure;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.ByteOutput;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and events made to hurt cost at most a second and end in an outcome. */
class HostileInputTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int MEGABYTE = 1_000_000;

  private final Frame frame = new Frame();

  private RuleOutcome run(String formula, String event) {
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile("hostile", formula), Taxonomy.standard(), Options.FOR_PRODUCTION);
    CompiledRule rule = compilation.rule();
    assertThat(rule).as("%s", compilation.findings()).isNotNull();
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    long before = THREADS.getCurrentThreadCpuTime();
    Document document = Document.of(bytes, 0, bytes.length, DocumentLimits.DEFAULT);
    RuleOutcome outcome = rule.evaluate(document, EnvelopeInputs.receivedAt(0), frame, null);
    ByteOutput out = new ByteOutput(1024);
    if (outcome == RuleOutcome.NORMALIZED) {
      frame.writeJson(out);
    }
    assertThat(THREADS.getCurrentThreadCpuTime() - before)
        .as("CPU time in ns, outcome %s %s", outcome, frame.failure())
        .isLessThan(1_000_000_000L);
    assertThat(frame.failure()).isNotEqualTo(EvaluationFailure.INTERNAL_ERROR);
    return outcome;
  }

  static Stream<Arguments> statements() {
    return Stream.of(
            "$x = replace($s, 'b', 'a*a*a*a*a*a*c')",
            "$x = replace($s, '', '*?*?*?*?*?*?b')",
            "$x = replace($s, 'aaaaaaaaaa', 'a')",
            "$x = replace($s, '', '" + "*a".repeat(2000) + "')",
            "$x = match($s, '*a*a*a*a*a*a*a*b')",
            "$x = match($s, '" + "*a".repeat(20_000) + "b')",
            "$x = csv($s, 'a', '')",
            "$x = csv($s, '', 'a')",
            "$x = keyvalue($s, 'a', 'aa')",
            "$x = keyvalue($s, 'b', 'a')[\"a\"]",
            "$x = keyvalue($s, 'aa', 'a', 'aaa')",
            "$x = find_substr($s, substr($s, 0, 500000) + 'b')",
            "$x = lower($s) + upper($s) $y = upper($x) $z = upper($y) $q = upper($z)",
            "$x = regex($s, '(a|aa)*b', 0)",
            "$x = regex($s, '(.*)(.*)(.*)(.*)(.*)b', 0)",
            "$x = regex($s, '((a{10}){10}){10}', 0)",
            "$x = regex($s, substr($s, 0, 4000), 0)",
            "$x = hex_to_string($s)",
            "$x = buffer_from_base64($s)",
            "$x = number($s) $y = number16($s) $z = ipv6($s) $t = datetime($s)",
            "$x = in_list(csv($s, 'a', ''), 'b')",
            "$x = join(csv($s, 'a', ''), $s)",
            "$x = $s " + "$x = $x + $x ".repeat(40),
            "$l = [$s] " + "$l = append($l, $l) ".repeat(200) + " datafield1 = join($l, $s)",
            "$l = [$s] " + "$l = append($l, $l) ".repeat(200) + " datafield1 = string($l == $l)",
            "$x = $n + $n datafield1 = $n datafield2 = $n == 1 src.port = $n $y = $n * $n",
            "$x = ceil($n) $y = epoch_to_datetime($n) $z = $n / 3 $t = datetime_to_win_ticks($n)",
            "submessage('TEXT', 'a', $s) subformula 'a' TEXT = '"
                + "{STRING+}".repeat(12)
                + "b' endsubformula",
            "submessage('TEXT', 'a', $s) subformula 'a' TEXT = '"
                + "{LITERAL*}a".repeat(12)
                + "b' endsubformula",
            "submessage('TEXT', 'a', $s) subformula 'a' TEXT = 'a{$s=REST}' submessage('TEXT', 'a', $s)"
                + " endsubformula")
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("statements")
  void aMegabyteOfOneLetter(String statements) {
    run("JSON = '' " + statements, "{\"n\": 1e999999999, \"s\": \"" + "a".repeat(MEGABYTE) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("statements")
  void aMegabyteOfWords(String statements) {
    String words = "a=a ab,aa ".repeat(MEGABYTE / 10);
    run("JSON = '' " + statements, "{\"n\": -1e-999999999, \"s\": \"" + words + "\"}");
  }

  @Test
  void listsInListsAreCompared() {
    String deep = "$l = ['a'] $k = ['a'] " + "$l = [$l, $l] $k = [$k, $k] ".repeat(60);
    RuleOutcome outcome = run("JSON = '' " + deep + "datafield1 = string($l == $k)", "{}");
    assertThat(outcome).isEqualTo(RuleOutcome.FAILED);
  }

  @Test
  void aNumberOfAMillionDigitsIsNone() {
    assertThat(run("TEXT = '{src.port=NUMBER}'", "7".repeat(MEGABYTE)))
        .isEqualTo(RuleOutcome.NORMALIZED);
    assertThat(frame.value("src.port")).isNull();
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(run("JSON = '' datafield1 = 'x'", deep)).isEqualTo(RuleOutcome.NO_MATCH);
  }

  @Test
  void xmlBombsAreRefused() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 \"aaaaaaaaaa\">");
    for (int i = 1; i < 12; i++) {
      bomb.append("<!ENTITY e").append(i).append(" \"");
      bomb.append(("&e" + (i - 1) + ";").repeat(10)).append("\">");
    }
    bomb.append("]><a>&e11;</a>");
    assertThat(run("XML = 'a' datafield1 = $a[\"!\"]", bomb.toString()))
        .isEqualTo(RuleOutcome.NO_MATCH);
  }

  @Test
  void externalEntitiesAreRefused() {
    String event = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>";
    assertThat(run("XML = 'a' datafield1 = $a[\"!\"]", event)).isEqualTo(RuleOutcome.NO_MATCH);
  }

  @Test
  void formulasMayNest() {
    String nested = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile("hostile", "JSON = '' $x = " + nested),
            Taxonomy.standard(),
            Options.FOR_AUTHORS);
    assertThat(compilation.rule()).isNull();
    assertThat(compilation.findings()).isNotEmpty();
  }
}
