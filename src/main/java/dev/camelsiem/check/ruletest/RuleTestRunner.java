package dev.camelsiem.check.ruletest;

import dev.camelsiem.check.RawText;
import dev.camelsiem.check.RuleSource;
import dev.camelsiem.check.trace.Explanation;
import dev.camelsiem.check.trace.RuleRun;
import dev.camelsiem.check.trace.TraceRecorder;
import dev.camelsiem.content.rulepackage.MetadataChecker;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.rulepackage.RuleTest;
import dev.camelsiem.content.rulepackage.SourceReader;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tests of rules: each rule by itself, without the appendix (xp-language 7.6), and once
 * more with it to see how their events are described. Immutable; any number of threads may run
 * rules at once.
 */
public final class RuleTestRunner {
  private final MetadataChecker metadata = new MetadataChecker(Taxonomy.standard().names());
  private final Judge judge;
  private final boolean coverage;

  public RuleTestRunner(Judge judge, boolean coverage) {
    this.judge = judge;
    this.coverage = coverage;
  }

  /** Compiles a rule and runs its tests by number. */
  public RuleReport run(RuleFolder folder) {
    List<RuleTest> tests = RuleTest.of(folder);
    RuleSource source = RuleSource.read(folder, Options.FOR_PRODUCTION);
    CompiledRule rule = source.rule();
    SourceFile file = source.file();
    if (rule == null || file == null) {
      return broken(source, tests);
    }
    Coverage covered = coverage ? Coverage.of(rule) : null;
    Frame frame = new Frame();
    DescriptionCheck descriptions =
        DescriptionCheck.of(folder, metadata.check(folder, rule.constantsOf("id")));
    List<TestResult> results = new ArrayList<>(tests.size());
    for (RuleTest test : tests) {
      results.add(new OneTest(test, file, rule, frame, covered, descriptions).run());
    }
    return covered == null
        ? new RuleReport(folder, List.of(), results, List.of(), 0)
        : new RuleReport(folder, List.of(), results, covered.missing(file), covered.points());
  }

  private static RuleReport broken(RuleSource source, List<RuleTest> tests) {
    List<Diagnostic> errors = source.findings().stream().filter(Diagnostic::isError).toList();
    List<TestResult> results = new ArrayList<>();
    for (RuleTest test : tests) {
      results.add(TestResult.broken(test, TestCode.RULE_BROKEN.at(place(test.norm()), Span.START)));
    }
    return new RuleReport(source.folder(), errors, results, List.of(), 0);
  }

  private static SourceFile place(Path file) {
    return new SourceFile(file.toString(), "");
  }

  private final class OneTest {
    private final RuleTest test;
    private final SourceFile formula;
    private final CompiledRule rule;
    private final Frame frame;
    private final @Nullable Coverage covered;
    private final DescriptionCheck descriptions;

    OneTest(
        RuleTest test,
        SourceFile formula,
        CompiledRule rule,
        Frame frame,
        @Nullable Coverage covered,
        DescriptionCheck descriptions) {
      this.test = test;
      this.formula = formula;
      this.rule = rule;
      this.frame = frame;
      this.covered = covered;
      this.descriptions = descriptions;
    }

    TestResult run() {
      if (!Files.isRegularFile(test.raw())) {
        return TestResult.broken(
            test, TestCode.NO_RAW.at(place(test.norm()), Span.START, test.number()));
      }
      RawText raw;
      try {
        raw = RawText.read(test.raw());
      } catch (RawText.Unusable e) {
        return TestResult.broken(
            test, TestCode.BROKEN_RAW.at(place(test.raw()), Span.START, e.problem()));
      }
      return run(raw).noting(descriptions.check(test, raw));
    }

    private TestResult run(RawText raw) {
      RuleRun run = RuleRun.of(rule, raw.open(), frame, covered);
      FlatEvent actual = actual(run);
      if (!Files.isRegularFile(test.norm())) {
        Diagnostic problem = TestCode.NO_NORM.at(place(test.raw()), Span.START, test.number());
        return new TestResult(test, problem, List.of(), List.of(), actual, null);
      }
      return judge(raw, run, actual);
    }

    private TestResult judge(RawText raw, RuleRun run, @Nullable FlatEvent actual) {
      Diagnostics findings = new Diagnostics();
      SourceFile norm = SourceReader.read(test.norm(), findings);
      if (norm == null) {
        return TestResult.broken(test, findings.all().get(0));
      }
      FlatEvent expected;
      try {
        expected = FlatEvent.parse(norm.text());
      } catch (FlatEvent.NotFlat e) {
        int at = norm.offset(e.line(), e.column());
        Span span = new Span(at, Math.min(norm.text().length(), at + 1));
        Diagnostic problem = TestCode.BROKEN_NORM.at(norm, span, e.getMessage());
        return new TestResult(test, problem, List.of(), List.of(), actual, null);
      }
      return actual == null ? noEvent(raw, run, expected) : compare(norm, raw, expected, actual);
    }

    private TestResult compare(SourceFile norm, RawText raw, FlatEvent expected, FlatEvent actual) {
      List<FieldDifference> differences = judge.compare(expected, actual, raw.toString());
      if (differences.isEmpty()) {
        List<Diagnostic> warnings =
            expected.fields().isEmpty()
                ? List.of(TestCode.EMPTY_NORM.at(norm, Span.START))
                : List.of();
        return new TestResult(test, null, warnings, List.of(), actual, expected);
      }
      String count =
          differences.size() + (differences.size() == 1 ? " field differs" : " fields differ");
      Span span = span(norm, differences.get(0).field());
      return new TestResult(
          test, TestCode.DIFFERENT.at(norm, span, count), List.of(), differences, actual, expected);
    }

    /** Where the expectation names the first field that differs, so that editors jump there. */
    private Span span(SourceFile norm, String field) {
      String quoted = '"' + field + '"';
      int at = norm.text().indexOf(quoted);
      return at < 0 ? Span.START : new Span(at, at + quoted.length());
    }

    private TestResult noEvent(RawText raw, RuleRun run, FlatEvent expected) {
      TestCode code =
          run.outcome() == RuleOutcome.FAILED
              ? TestCode.FAILED
              : run.outcome() == RuleOutcome.DROPPED ? TestCode.DROPPED : TestCode.NO_MATCH;
      SourceFile place = place(test.raw());
      Diagnostic problem =
          run.failure() == null
              ? code.at(place, Span.START)
              : code.at(place, Span.START, run.failure());
      TraceRecorder recorder = new TraceRecorder();
      RuleRun again = RuleRun.of(rule, raw.open(), frame, recorder);
      List<Diagnostic> notes =
          Explanation.of(formula, recorder.steps(), test.raw().toString(), again.problem());
      return new TestResult(test, problem, notes, List.of(), null, expected);
    }

    private @Nullable FlatEvent actual(RuleRun run) {
      if (run.json() == null) {
        return null;
      }
      try {
        return FlatEvent.parse(run.json());
      } catch (FlatEvent.NotFlat e) {
        throw new IllegalStateException("the engine wrote broken JSON for " + test, e);
      }
    }
  }
}
