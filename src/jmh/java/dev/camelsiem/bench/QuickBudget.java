package dev.camelsiem.bench;

import static java.util.stream.Collectors.joining;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.Text;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How long a rule's whole budget lasts that is spent on one thing: rules that call themselves and
 * do it again and again until they are stopped. Argument: a part of the names of those to run.
 */
public final class QuickBudget {
  private static final int ROUNDS = 10;

  /** Statements, and the event that they look at. */
  private record Spending(String statements, String event) {}

  private final Map<String, Spending> all = new LinkedHashMap<>();

  private QuickBudget() {
    expressions();
    comparisons();
    searches();
    splitting();
    conversions();
    expressionsOfRe2();
    submessages();
  }

  public static void main(String[] arguments) {
    String wanted = arguments.length > 0 ? arguments[0] : "";
    PrintStream out = System.out;
    out.println("what                          CPU ms     steps  output    ns a step");
    new QuickBudget()
        .all.forEach(
            (name, spending) -> {
              if (name.contains(wanted)) {
                measure(name, spending, out);
              }
            });
  }

  private static void measure(String name, Spending spending, PrintStream out) {
    int times = Math.max(1, 400 / spending.statements.length());
    String again = "submessage(\"TEXT\", \"s\", \"x\") ";
    String formula =
        "JSON = ''\n$lv = 0\n"
            + again
            + "\nsubformula \"s\"\nTEXT = 'x'\n"
            + (spending.statements + "\n").repeat(times)
            + ("if $lv < 26 then $lv = $lv + 1 " + again + again + "$lv = $lv - 1 endif\n")
            + "endsubformula\n"
            + OTHERS;
    Compilation compiled =
        RuleCompiler.compile(
            new SourceFile(name, formula), Taxonomy.standard(), Options.FOR_PRODUCTION);
    CompiledRule rule = compiled.rule();
    if (rule == null) {
      throw new IllegalStateException(name + ": " + compiled.findings());
    }
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    Frame frame = new Frame();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      Document event = Document.of(Text.of(spending.event));
      long before = thread.getCurrentThreadCpuTime();
      RuleOutcome outcome = rule.evaluate(event, EnvelopeInputs.receivedAt(0), frame, null);
      best = Math.min(best, thread.getCurrentThreadCpuTime() - before);
      if (outcome != RuleOutcome.FAILED || frame.error() != null) {
        throw new IllegalStateException(name + ": " + outcome, frame.error());
      }
    }
    out.printf(
        "%-26s %9.1f %9d %8d %11.1f%n",
        name, best / 1e6, frame.stepsUsed(), frame.outputUsed(), (double) best / frame.stepsUsed());
  }

  private static final String OTHERS =
      """
      subformula "json" JSON = '' endsubformula
      subformula "xml" XML = 'a' endsubformula
      subformula "words" TEXT = '{WORD+} {WORD+} zz' endsubformula
      subformula "strings" TEXT = '{STRING+} {WORD+} {STRING+} b{REST}' endsubformula
      subformula "dates" TEXT = '{time=DATETIME} {start_time=DATETIME}' endsubformula
      subformula "pairs" TEXT = '{$kv=KEYVALUE(" ","=")}' endsubformula
      subformula "until" TEXT = '{UNTIL("aaaaaaaaaaaaaab")}{REST}' endsubformula
      """;

  private void add(String name, String statements, String event) {
    all.put(name, new Spending(statements, event));
  }

  /** With {@code $t}, a text, and {@code $n}, which is 5. */
  private void text(String name, String statements, String text) {
    add(name, statements, "{\"t\":\"" + text + "\",\"n\":5}");
  }

  private static String range(int count, IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(joining());
  }

  private static String near(int length) {
    return "\"" + "a".repeat(length - 1) + "b\"";
  }

  private void expressions() {
    String decimal = "{\"d\":1.2345678901234567890123456789012345678901234567890123}";
    text("assign", "$b = $t", "a");
    text("or", "$b = " + "$n == 1 or ".repeat(150) + "$n == 2", "a");
    text("plus", "$b = " + "$n + ".repeat(150) + "$n", "a");
    text("elif", "if $n == 1 then " + "elif $n == 2 then ".repeat(300) + "endif", "a");
    add("decimal times", "$b = " + "$d * ".repeat(100) + "$d", decimal);
    add("decimal equal", "$b = " + "$d == 1 or ".repeat(100) + "$d == 2", decimal);
    add("decimal string", "reason = $d", decimal);
    text("make list", "$b = [" + "$n,".repeat(1000) + "1]", "a");
    text("concat", "$b = $t + $t", "a".repeat(100));
  }

  private void comparisons() {
    String numbers = range(1000, i -> "case " + (i + 100) + " 1 ");
    text("switch numbers", "$b = switch $n " + numbers + "endswitch", "a");
    text("in_list numbers", "$b = in_list([" + range(1000, i -> i + 100 + ",") + "1], $n)", "a");
    text("in_list texts", "$b = in_list([" + range(1000, i -> "'a" + i + "',") + "'1'], $n)", "a");
    String letters = "a".repeat(100_000);
    text("equal texts", "$b = $t == \"" + letters + "\"", letters);
    String list = "[" + "1,".repeat(999) + "1]";
    add("equal lists", "$b = $l == $k", "{\"l\":" + list + ",\"k\":" + list + "}");
  }

  private void searches() {
    String letters = "a".repeat(50_000);
    text("find nothing", "$b = find_substr($t, \"b\")", letters);
    text("contains nothing", "$b = find_substr($t, \"b\") != null", letters);
    text("find near 2", "$b = find_substr($t, " + near(2) + ")", letters);
    text("find near 15", "$b = find_substr($t, " + near(15) + ")", letters);
    text("find near 1000", "$b = find_substr($t, " + near(1000) + ")", letters);
    text("contains near 1000", "$b = find_substr($t, " + near(1000) + ") != null", letters);
    text("replace near", "$b = replace($t, \"\", " + near(15) + ")", letters);
    text("replace all", "$b = replace($t, \"\", \"a\")", letters);
    text("glob any", "$b = replace($t, \"\", \"" + "?".repeat(60) + "b\")", letters);
    String sets = "[!b]".repeat(50);
    text("glob sets", "$b = replace($t, \"\", \"" + sets + "b\")", "ж".repeat(25_000));
    text("glob stars", "$b = replace($t, \"\", \"" + "*a".repeat(60) + "b\")", "a".repeat(5000));
    text("glob of the event", "$b = replace(\"aa\", \"\", $t)", "*a[x-z]".repeat(60) + "b");
  }

  private void splitting() {
    String letters = "a".repeat(50_000);
    String words = "b ".repeat(50_000);
    text("keyvalue pairs", "$b = keyvalue($t, \" \", \"=\")", "a=1 ".repeat(31));
    text("keyvalue long", "$b = keyvalue($t, \" \", \"=\")", "a=" + letters);
    text("keyvalue words", "$b = keyvalue($t, \" \", \"=\")", "a=" + words);
    text("keyvalue near", "$b = keyvalue($t, \"aab\", \"aac\")", letters);
    text("length of pairs", "$b = length(keyvalue($t, \" \", \"=\"))", range(63, i -> i + "=1 "));
    text("csv", "$b = csv($t, \",\", \"\")", "a,a,a,a,a,a,a,a");
    text("csv long", "$b = csv($t, \",\", \"\")", letters);
    text("csv quoted", "$b = csv($t, \",\", \"'\")", "'',".repeat(5000));
    text("csv near", "$b = csv($t, " + near(15) + ", \"\")", letters);
  }

  private void conversions() {
    text("lower", "$b = lower($t)", "ж".repeat(500));
    text("hex", "$b = hex_to_string($t)", "61".repeat(500));
    text("base64 malformed", "$b = buffer_from_base64($t)", "?");
    text("utf-16 malformed", "$b = decode(buffer_from_base64($t), \"UCS2-LE\")", "YQ==");
    text("utf-8", "$b = decode(buffer_from_base64($t), \"UTF-8\")", "0LbQttC2".repeat(300));
    text("number", "$b = number($t)", "12345");
    text("number of zeros", "$b = number($t)", "0".repeat(50_000));
    text("number and blanks", "$b = number($t)", "\u00a0".repeat(20_000));
    text("float", "$b = float($t)", "1.2345678901234567890123456789012345678901234567890123");
    text("pow", "$b = pow($n, 27)", "a");
    text("ipv6", "src.ip = $t", "fe80:1111:2222:3333:4444:5555:6666:7777");
    text("in_subnet", "$b = in_subnet(\"fe80::1\", $t)", "fe80:1111:2222:3333::/64");
    text("datetime", "time = $t", "2024-01-02T03:04:05.123+03:00");
    text("datetime without year", "time = $t", "Feb 29 03:04:05");
  }

  private void expressionsOfRe2() {
    text("regex", "$b = regex($t, \"id=([0-9]+)\", 1)", "id=5");
    text("regex stars", "$b = regex($t, \"(a*a*a*a*a*a*a*a*)b\", 1)", "a".repeat(5000));
    text("regex many stars", "$b = regex($t, \"(a*a*a*a*){200}b\", 0)", "a".repeat(500));
    text("regex groups", "$b = regex($t, \"(?:(a*)){90}b\", 0)", "a".repeat(500));
    text("regex sets", "$b = regex($t, \"(?:[a-z]*){200}b\", 0)", "a".repeat(500));
    text("regex found", "$b = regex($t, \"(.)*\", 1)", "a".repeat(5000));
    text("regex of the event", "$b = regex(\"a\", $t, 0)", "a{1000}");
    text("regex class", "$b = regex(\"a\", $t, 0)", "\\\\pL");
  }

  private void submessages() {
    text("json", "submessage(\"JSON\", \"json\", $t)", "{\\\"a\\\":[" + "1,".repeat(500) + "1]}");
    text("json small", "submessage(\"JSON\", \"json\", $t)", "{}");
    text("xml", "submessage(\"XML\", \"xml\", $t)", "<a>" + "<b/>".repeat(200) + "</a>");
    text("xml small", "submessage(\"XML\", \"xml\", $t)", "<a/>");
    text("xml malformed", "submessage(\"XML\", \"xml\", $t)", "x");
    text("words", "submessage(\"TEXT\", \"words\", $t)", "a ".repeat(500));
    text("strings", "submessage(\"TEXT\", \"strings\", $t)", "a ".repeat(2000));
    String date = "2024-01-02T03:04:05.123+03:00";
    text("dates", "submessage(\"TEXT\", \"dates\", $t)", date + " " + date);
    text("pairs", "submessage(\"TEXT\", \"pairs\", $t)", "a=1 ".repeat(31));
    text("until", "submessage(\"TEXT\", \"until\", $t)", "a".repeat(5000));
  }
}
