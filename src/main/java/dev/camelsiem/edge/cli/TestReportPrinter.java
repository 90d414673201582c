package dev.camelsiem.edge.cli;

import dev.camelsiem.check.ruletest.FieldDifference;
import dev.camelsiem.check.ruletest.FlatEvent;
import dev.camelsiem.check.ruletest.RuleReport;
import dev.camelsiem.check.ruletest.TestResult;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticJson;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Prints what came of rule tests, for people or as JSON lines. */
final class TestReportPrinter {
  private static final int LONGEST_VALUE = 300;

  private final PrintWriter out;
  private final boolean json;
  private final Ansi ansi;
  private final FindingsPrinter findings;

  TestReportPrinter(CommandLine line, boolean json) {
    this.out = line.getOut();
    this.json = json;
    this.ansi = line.getColorScheme().ansi();
    this.findings = new FindingsPrinter(line, out, FindingsPrinter.Format.TEXT);
  }

  /** A finding about the run as a whole. */
  void finding(Diagnostic finding) {
    if (json) {
      out.println(DiagnosticJson.line(finding));
    } else {
      findings.print(finding);
    }
  }

  void report(RuleReport report) {
    report.findings().forEach(this::finding);
    for (TestResult result : report.results()) {
      if (json) {
        out.println(line(result));
      } else {
        failure(result);
        result.explanation().forEach(findings::print);
      }
    }
    report.uncovered().forEach(this::finding);
  }

  private void failure(TestResult result) {
    Diagnostic problem = result.problem();
    if (problem == null) {
      return;
    }
    out.println(ansi.string("@|bold,red FAIL|@ ") + problem.headline());
    if (problem.hint() != null) {
      out.println("  hint: " + problem.hint());
    }
    result.differences().forEach(this::difference);
    out.println();
  }

  private void difference(FieldDifference difference) {
    out.println("  " + ansi.string("@|bold " + difference.field() + "|@"));
    out.println(paint("red", "    - " + shown(difference.expected(), "(not expected)")));
    out.println(paint("green", "    + " + shown(difference.actual(), "(not set)")));
    String kind = kind(difference.expected(), difference.actual());
    if (kind != null) {
      out.println("      " + kind);
    }
  }

  private String paint(String colour, String text) {
    return ansi.enabled()
        ? Ansi.Style.on(Ansi.Style.valueOf("fg_" + colour))
            + text
            + Ansi.Style.off(Ansi.Style.reset)
        : text;
  }

  private static String shown(@Nullable Object value, String absent) {
    if (value == null) {
      return absent;
    }
    String text = FlatEvent.show(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  /** Says it when two values look alike but are not of one JSON type. */
  private static @Nullable String kind(@Nullable Object expected, @Nullable Object actual) {
    boolean sameType =
        expected == null || actual == null || expected.getClass() == actual.getClass();
    return sameType ? null : "one is a JSON " + type(expected) + ", the other a " + type(actual);
  }

  private static String type(@Nullable Object value) {
    if (value instanceof String) {
      return "string";
    }
    return value instanceof Number ? "number" : value instanceof Boolean ? "boolean" : "structure";
  }

  private static String line(TestResult result) {
    StringBuilder json = new StringBuilder("{\"rule\":");
    DiagnosticJson.quote(json, result.test().rule().directory().toString());
    json.append(",\"test\":").append(result.test().number());
    json.append(",\"status\":\"").append(result.passed() ? "passed" : "failed").append('"');
    if (result.problem() != null) {
      json.append(",\"problem\":").append(DiagnosticJson.line(result.problem()));
    }
    if (!result.explanation().isEmpty()) {
      json.append(",\"notes\":[");
      json.append(
          String.join(",", result.explanation().stream().map(DiagnosticJson::line).toList()));
      json.append(']');
    }
    if (!result.differences().isEmpty()) {
      json.append(",\"differences\":[");
      json.append(
          String.join(",", result.differences().stream().map(TestReportPrinter::line).toList()));
      json.append(']');
    }
    return json.append('}').toString();
  }

  private static String line(FieldDifference difference) {
    StringBuilder json = new StringBuilder("{\"field\":");
    DiagnosticJson.quote(json, difference.field());
    if (difference.expected() != null) {
      json.append(",\"expected\":").append(FlatEvent.show(difference.expected()));
    }
    if (difference.actual() != null) {
      json.append(",\"actual\":").append(FlatEvent.show(difference.actual()));
    }
    return json.append('}').toString();
  }

  void summary(long passed, long failed) {
    out.println(
        json
            ? "{\"passed\":" + passed + ",\"failed\":" + failed + "}"
            : passed + " passed, " + failed + " failed");
    out.flush();
  }
}
