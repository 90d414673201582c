package dev.camelsiem.edge.cli;

import dev.camelsiem.check.ruletest.Expectations;
import dev.camelsiem.check.ruletest.Judge;
import dev.camelsiem.check.ruletest.RuleReport;
import dev.camelsiem.check.ruletest.RuleTestRunner;
import dev.camelsiem.check.ruletest.TestCode;
import dev.camelsiem.check.ruletest.TestResult;
import dev.camelsiem.content.rulepackage.RuleFinder;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem test}: runs the tests of rules. */
@Command(
    name = "test",
    description = {
      "Runs the tests of every rule below the given folders.",
      "A test is a pair of files beside the formula: @|bold tests/raw_N.txt|@, one raw event, and"
          + " @|bold tests/norm_N.js|@, the fields expected of it. Each rule runs by itself, without"
          + " the appendix; `time` and the host fields of the appendix are not compared.",
      "An event that comes out should be described by the texts beside the rule: when no criteria of"
          + " its metainfo.yaml hold for it, that is a warning.",
      "The last line is `N passed, N failed`."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  siem test rules",
      "  siem test --watch rules/acme/normalization_formulas/Acme/Gate",
      "  siem test --update rules/.../My_new_rule    (writes the expectations)",
      "",
      "Exit status: 0 all passed, 1 something failed or nothing was found, 2 wrong use."
    })
public final class TestCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders with rules at any depth, rule folders, or formula.xp files.")
  List<Path> roots;

  @Option(
      names = "--strict",
      description = "Refuse fields that are not expected; by default they are allowed.")
  boolean strict;

  @Option(
      names = "--time",
      description =
          "Compare `time` as well, to the second; the year only where the raw event tells it.")
  boolean time;

  @Option(
      names = "--json",
      description = "Print one JSON object a test, and the summary as the last one.")
  boolean json;

  @Option(
      names = "--coverage",
      description = "Tell which branches and which tokens of patterns no test has reached.")
  boolean coverage;

  @Option(
      names = "--update",
      description =
          "Show the differences, then rewrite the expectations with what the rules give now.")
  boolean update;

  @Option(
      names = "--watch",
      description = "Run again whenever a file below the folders changes; Ctrl+C ends it.")
  boolean watch;

  @Override
  public Integer call() throws IOException {
    if (!watch) {
      return runOnce();
    }
    try (TreeWatch changes = new TreeWatch(roots)) {
      while (true) {
        int ignored = runOnce();
        spec.commandLine().getErr().println("Waiting for changes ... (Ctrl+C ends)");
        changes.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CLEAN;
    }
  }

  private int runOnce() throws IOException {
    TestReportPrinter printer = new TestReportPrinter(spec.commandLine(), json);
    Diagnostics findings = new Diagnostics();
    List<RuleFolder> rules = RuleFinder.find(roots, findings);
    findings.all().forEach(printer::finding);
    List<RuleReport> reports = run(rules);
    boolean broken = findings.hasErrors();
    for (RuleReport report : reports) {
      printer.report(report);
      broken |= !report.findings().isEmpty();
    }
    if (coverage && !json) {
      printCoverage(reports);
    }
    long passed = reports.stream().mapToLong(RuleReport::passed).sum();
    long failed = reports.stream().mapToLong(RuleReport::failed).sum();
    if (passed + failed == 0 && !findings.hasErrors()) {
      printer.finding(nothingFound());
    }
    if (update) {
      long updated = update(reports);
      passed += updated;
      failed -= updated;
    }
    printer.summary(passed, failed);
    return failed > 0 || broken || passed == 0 ? ExitCode.FINDINGS : ExitCode.CLEAN;
  }

  private List<RuleReport> run(List<RuleFolder> rules) {
    RuleTestRunner runner = new RuleTestRunner(new Judge(strict, time), coverage);
    boolean visible = !json && ProgressBar.onTerminal();
    try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), visible, "rules")) {
      bar.total(rules.size());
      return rules.parallelStream()
          .map(
              rule -> {
                RuleReport report = runner.run(rule);
                bar.step();
                return report;
              })
          .toList();
    }
  }

  private Diagnostic nothingFound() {
    String given = String.join(", ", roots.stream().map(Path::toString).toList());
    return TestCode.NOTHING_FOUND
        .at(new SourceFile(roots.get(0).toString(), ""), Span.START, given)
        .withHint("a test is a pair of files beside a formula: tests/raw_1.txt, tests/norm_1.js");
  }

  private void printCoverage(List<RuleReport> reports) {
    long points = reports.stream().mapToLong(RuleReport::coveragePoints).sum();
    long missed = reports.stream().mapToLong(report -> report.uncovered().size()).sum();
    spec.commandLine()
        .getOut()
        .println((points - missed) + " of " + points + " branches and tokens reached");
  }

  /** Rewrites the expectations of failed tests that gave an event; returns how many. */
  private long update(List<RuleReport> reports) throws IOException {
    long updated = 0;
    for (RuleReport report : reports) {
      for (TestResult result : report.results()) {
        if (Expectations.rewrite(result)) {
          updated += result.passed() ? 0 : 1;
          if (!json) {
            spec.commandLine().getOut().println("written: " + result.test().norm());
          }
        }
      }
    }
    return updated;
  }
}
