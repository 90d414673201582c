package dev.camelsiem.lang.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.compile.TestFields;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Work is paid by steps in proportion, whatever does it: a step is some 50 ns at the worst, so that
 * a million are used up in as many milliseconds.
 */
class EvaluationCostTest {
  private static final EvaluationLimits MANY = new EvaluationLimits(Integer.MAX_VALUE, 1 << 30);

  private static Arguments costs(int least, String statements, String event) {
    return Arguments.of(least, statements, event);
  }

  private static String t(String text) {
    return "{\"t\":\"" + text + "\",\"n\":5}";
  }

  private static String near(int length) {
    return "\"" + "a".repeat(length - 1) + "b\"";
  }

  static Stream<Arguments> expressions() {
    String decimal = "{\"d\":1.2345678901234567890123456789012345678901234567890123}";
    return Stream.of(
        costs(300, "$x = " + "$n == 1 or ".repeat(150) + "$n == 2", t("")),
        costs(150, "$x = " + "not ".repeat(150) + "$n", t("")),
        costs(150, "$x = " + "$n + ".repeat(150) + "$n", t("")),
        costs(400, "if $n == 1 then " + "elif $n == 2 then ".repeat(200) + "endif", t("")),
        costs(800, "$x = " + "$d * ".repeat(100) + "$d", decimal),
        costs(400, "$x = " + "$d == 1 or ".repeat(100) + "$d == 2", decimal),
        costs(400, "$x = " + "$d < 1 or ".repeat(100) + "$d < 1", decimal),
        costs(8, "$x = string($d)", decimal),
        costs(8, "reason = $d", decimal),
        costs(8, "$x = \"\" + $d", decimal),
        costs(8, "$x = lower($d)", decimal));
  }

  static Stream<Arguments> comparisons() {
    String letters = "a".repeat(100_000);
    return Stream.of(
        costs(125, "switch $n " + "case 1 ".repeat(1000) + "endswitch", t("")),
        costs(125, "$x = switch $n " + "case 1 1 ".repeat(1000) + "endswitch", t("")),
        costs(125, "$x = in_list([" + "1,".repeat(1000) + "], $n)", t("")),
        costs(1000, "$x = in_list([" + "\"1\",".repeat(1000) + "], $n)", t("")),
        costs(1500, "$x = $t == \"" + letters + "\"", t(letters)),
        costs(
            3000, "$x = switch $t case \"" + letters + "\" 1 endswitch $x = $t == $t", t(letters)),
        costs(1500, "$x = in_list([1, \"" + letters + "\"], $t)", t(letters)),
        costs(1500, "$x = keyvalue(\"a=1\", \" \", \"=\")[$t]", t(letters)));
  }

  /** A part that nearly stands everywhere is compared everywhere. */
  static Stream<Arguments> searches() {
    String letters = "a".repeat(20_000);
    return Stream.of(
        costs(300_000, "$x = find_substr($t, " + near(1000) + ")", t(letters)),
        costs(300_000, "$x = find_substr($t, " + near(1000) + ") != null", t(letters)),
        costs(300_000, "$x = replace($t, \"\", " + near(1000) + ")", t(letters)),
        costs(300_000, "$x = csv($t, " + near(1000) + ", \"\")", t(letters)),
        costs(300_000, "$x = keyvalue($t + \"=\", " + near(1000) + ", \"=\")", t("a=" + letters)),
        costs(5_000, "$x = keyvalue($t, \"aab\", \"aac\")", t(letters)),
        costs(300_000, text("{UNTIL(" + near(1000) + ")}{REST}"), t(letters)),
        costs(300_000, text("{$a=LITERAL+}{" + near(1000) + "}{REST}"), t(letters)),
        costs(1_000, "$x = find_substr($t, \"ab\")", t(letters)));
  }

  private static String text(String format) {
    return "submessage(\"TEXT\", \"s\", $t) subformula \"s\" TEXT = '" + format + "' endsubformula";
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        costs(60, "$x = keyvalue($t, \" \", \"=\")", t("a=1 ".repeat(60))),
        costs(1000, "$x = keyvalue($t, \" \", \"=\")", t("a=" + "b ".repeat(1000))),
        costs(10_000, "$x = replace($t, \"\", \"" + "?".repeat(60) + "b\")", t("a".repeat(2000))),
        costs(
            20_000, "$x = replace($t, \"\", \"" + "[!b]".repeat(50) + "b\")", t("ж".repeat(2000))),
        costs(1500, "$x = replace($t, \"\", $t)", t("[x]".repeat(2000))),
        costs(8, "$x = buffer_from_base64(\"?\" + $t)", t("?")),
        costs(16, "$x = decode(buffer_from_base64($t), \"UCS2-LE\")", t("YQ==")),
        costs(
            500,
            "$x = decode(buffer_from_base64($t), \"UTF-8\")",
            t(
                Base64.getEncoder()
                    .encodeToString("a".repeat(10_000).getBytes(StandardCharsets.US_ASCII)))),
        costs(8, "$x = float($t)", t("1.2345678901234567890123456789012345678901")),
        costs(6, "$x = datetime($t)", t("2024-01-02T03:04:05.123+03:00")),
        costs(
            2_000,
            "$x = [1] == [2] $x = $l == $k",
            "{\"l\":[1" + ",1".repeat(999) + "],\"k\":[1" + ",1".repeat(999) + "]}"));
  }

  static Stream<Arguments> documents() {
    return Stream.of(
        costs(2500, json("submessage(\"JSON\", \"s\", $t)"), t("[" + "1,".repeat(5000) + "1]")),
        costs(16, json("submessage(\"JSON\", \"s\", $t)"), t("{}")),
        costs(5000, xml("submessage(\"XML\", \"s\", $t)"), t("<a>" + "<b/>".repeat(2500) + "</a>")),
        costs(64, xml("submessage(\"XML\", \"s\", $t)"), t("<a/>")));
  }

  private static String json(String call) {
    return call + " subformula \"s\" JSON = '' endsubformula";
  }

  private static String xml(String call) {
    return call + " subformula \"s\" XML = 'a' endsubformula";
  }

  @ParameterizedTest
  @MethodSource({"expressions", "comparisons", "searches", "functions", "documents"})
  void isPaidInProportion(int least, String statements, String event) {
    Frame frame = new Frame(MANY);
    evaluate("JSON = ''\n" + statements, event, frame);
    assertThat(frame.failure()).isNull();
    assertThat(frame.stepsUsed()).isGreaterThanOrEqualTo(least);
  }

  /** A condition pays, too, also where it fails. */
  @Test
  void conditionsArePaidFor() {
    Frame frame = new Frame(MANY);
    evaluate("JSON = '' COND = " + "$n == 1 or ".repeat(150) + "$n == 2", t(""), frame);
    assertThat(frame.stepsUsed()).isGreaterThanOrEqualTo(300);
  }

  /** What rules are made of stays far below the limit. */
  @Test
  void aUsualRuleCostsLittle() {
    String formula =
        """
        TEXT = '{"<"NUMBER">"?} {time=DATETIME} {event_src.hostname=HOSTNAME} gate[{subject.process.id=NUMBER}]: {$kv=REST}'
        COND = find_substr($kv, "door=") != null
        $m = keyvalue($kv, " ", "=")
        $u = csv($m["user"], "\\\\", "")
        action = switch $m["act"] case "open" "open" case "close" "close" endswitch
        status = if $m["res"] == "ok" then "success" else "failure" endif
        if length($u) > 1 then
            subject.account.domain = lower($u[0])
            subject.account.name   = lower($u[1])
        else
            subject.account.name   = lower($u[0])
        endif
        object.id = $m["door"]
        reason    = $m["note"]
        """;
    Frame frame = new Frame();
    evaluate(
        formula,
        "<13>2024-05-06 07:08:09.5 gw1 gate[77]: door=5 act=open user=LAB\\anna note=late res=ok",
        frame);
    assertThat(frame.value("subject.account.name")).hasToString("anna");
    assertThat(frame.stepsUsed()).isLessThan(150);
  }

  private static void evaluate(String formula, String event, Frame frame) {
    Compilation compiled =
        RuleCompiler.compile(
            new SourceFile("rule", formula), new TestFields(), Options.FOR_PRODUCTION);
    assertThat(compiled.findings()).isEmpty();
    var unused =
        Objects.requireNonNull(compiled.rule())
            .evaluate(Document.of(Text.of(event)), EnvelopeInputs.receivedAt(0), frame, null);
  }
}
