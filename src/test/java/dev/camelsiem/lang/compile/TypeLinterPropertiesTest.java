package dev.camelsiem.lang.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.Text;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** No false alarm: what is said to give only null gives nothing else, whatever the rule does. */
class TypeLinterPropertiesTest {
  private static final List<String> HEADS =
      List.of(
          "TEXT = '{$a=NUMBER} {$b=IPV4|$b=WORD} {$c=DATETIME?} {$d=KEYVALUE(\" \", \"=\")}'",
          "JSON = ''");
  private static final List<String> EVENTS =
      List.of(
          "12 word 2024-01-02 03:04:05 k=1 l=a",
          "7 10.0.0.1 k=10.0.0.1",
          "{\"a\": 1, \"b\": [\"a\", 1], \"c\": {\"k\": \"10.0.0.1\"}, \"d\": \"2024-01-02\"}",
          "{\"a\": \"1,a\", \"b\": \"10.0.0.1\", \"c\": 5}");
  private static final List<String> VALUES =
      List.of(
          "%s",
          "null",
          "\"10.0.0.1\"",
          "number(%s)",
          "lower(%s)",
          "csv(%s, \",\", \"\")",
          "keyvalue(%s, \" \", \"=\")",
          "ipv4(%s)",
          "datetime(%s)",
          "epoch_to_datetime(%s)",
          "buffer_from_base64(%s)",
          "append(%s, %s)",
          "remove(%s, null)",
          "coalesce(%s, %s)",
          "%s[0]",
          "%s[\"k\"]",
          "%s + %s",
          "%s - %s",
          "-%s",
          "%s == %s",
          "not %s",
          "[%s]",
          "if %s then %s else %s endif",
          "switch %s case 1 %s case \"a\" %s endswitch");
  private static final List<String> PROBES =
      List.of(
          "lower(%s)",
          "ipv4(%s)",
          "ipv6(%s)",
          "number(%s)",
          "duration(%s)",
          "datetime(%s)",
          "epoch_to_datetime(%s)",
          "join(%s, \"-\")",
          "length(%s)",
          "in_list(%s, \"a\")",
          "in_subnet(%s, \"10.0.0.0/8\")",
          "decode(%s, \"UTF-8\")",
          "substr(\"abc\", %s, 1)");

  /** A rule whose probes stand each on a line of its own. */
  private static final class Rule {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int lines;

    Rule(long seed) {
      random = new Random(seed);
      line(any(HEADS));
      statements(0);
      line("subformula \"s\"");
      line("TEXT = '{$a=NUMBER|$c=WORD|} {$b=REST}'");
      statements(1);
      line("endsubformula");
    }

    private void line(String statement) {
      text.append(statement).append('\n');
      lines++;
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private String variable() {
      return "$" + "abcd".charAt(random.nextInt(4));
    }

    private String filled(String template) {
      return String.format(template, variable(), variable(), variable());
    }

    private void statements(int depth) {
      for (int i = random.nextInt(6); i >= 0; i--) {
        switch (random.nextInt(depth < 3 ? 8 : 6)) {
          case 0, 1, 2 -> line(variable() + " = " + filled(any(VALUES)));
          case 3, 4 -> line("$p" + (lines + 1) + " = " + filled(any(PROBES)));
          case 5 -> line(filled("submessage(\"TEXT\", \"s\", %s)"));
          case 6 -> {
            line(filled("if bool(%s) then"));
            statements(depth + 1);
            if (random.nextBoolean()) {
              line(random.nextBoolean() ? "else" : filled("elif %s == null then"));
              statements(depth + 1);
            }
            line("endif");
          }
          default -> {
            line(filled("switch %s case \"a\""));
            statements(depth + 1);
            line("case 1");
            statements(depth + 1);
            line("endswitch");
          }
        }
      }
    }
  }

  @Property(tries = 1000, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void whatIsReportedGivesNothing(@ForAll long seed) {
    SourceFile file = new SourceFile("any.xp", new Rule(seed).text.toString());
    Compilation compilation = RuleCompiler.compile(file, new TestFields(), Options.FOR_AUTHORS);
    CompiledRule rule = Objects.requireNonNull(compilation.rule(), file.text());
    List<Integer> lines =
        compilation.findings().stream()
            .filter(finding -> finding.code() == LintCode.USELESS_CALL)
            .map(Diagnostic::span)
            .map(span -> file.line(span.from()))
            .filter(line -> file.lineText(line).startsWith("$p"))
            .toList();
    Statistics.label("reported").collect(!lines.isEmpty());
    Statistics.label("reported").coverage(counts -> counts.check(true).percentage(p -> p > 20));
    Frame frame = new Frame();
    for (String event : EVENTS) {
      RuleOutcome outcome =
          rule.evaluate(Document.of(Text.of(event)), EnvelopeInputs.receivedAt(0), frame, null);
      if (outcome == RuleOutcome.NORMALIZED) {
        for (int line : lines) {
          assertThat(frame.variable("p" + line))
              .as("%s line %d of%n%s", event, line, file.text())
              .isIn(null, false);
        }
      }
    }
  }
}
