package dev.camelsiem.check.validate;

import dev.camelsiem.check.RawText;
import dev.camelsiem.check.RuleSource;
import dev.camelsiem.check.ruletest.DescriptionCheck;
import dev.camelsiem.check.ruletest.TestCode;
import dev.camelsiem.content.rulepackage.MetadataChecker;
import dev.camelsiem.content.rulepackage.MetadataReport;
import dev.camelsiem.content.rulepackage.RuleFinder;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.rulepackage.RuleIds;
import dev.camelsiem.content.rulepackage.RuleTest;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Validates rules. Immutable; rules are checked on all processors. */
public final class RuleValidator {
  private final MetadataChecker metadata = new MetadataChecker(Taxonomy.standard().names());

  /**
   * What was found.
   *
   * @param findings sorted by file and place
   */
  public record Result(int rules, int tests, List<Diagnostic> findings) {
    public long errors() {
      return findings.stream().filter(Diagnostic::isError).count();
    }

    public long warnings() {
      return findings.size() - errors();
    }
  }

  private record Checked(MetadataReport metadata, int tests, List<Diagnostic> findings) {}

  /** Checks every rule at or below the given paths; {@code progress} runs after each. */
  public Result validate(Collection<Path> roots, Runnable progress) {
    Diagnostics findings = new Diagnostics();
    List<RuleFolder> rules = RuleFinder.find(roots, findings);
    List<Checked> checked =
        rules.parallelStream()
            .map(
                rule -> {
                  Checked result = check(rule);
                  progress.run();
                  return result;
                })
            .toList();
    checked.forEach(one -> findings.addAll(one.findings()));
    MetadataReport.checkUnique(checked.stream().map(Checked::metadata).toList(), findings);
    int tests = checked.stream().mapToInt(Checked::tests).sum();
    return new Result(rules.size(), tests, findings.all());
  }

  private Checked check(RuleFolder rule) {
    Diagnostics findings = new Diagnostics();
    RuleSource source = RuleSource.read(rule, Options.FOR_AUTHORS);
    findings.addAll(source.findings());
    Set<String> ids = source.formula() == null ? Set.of() : RuleIds.of(source.formula());
    MetadataReport report = metadata.check(rule, ids);
    findings.addAll(report.findings());
    List<RuleTest> tests = RuleTest.of(rule);
    checkTests(rule, tests, findings);
    checkDescriptions(tests, DescriptionCheck.of(rule, report), findings);
    return new Checked(report, tests.size(), findings.all());
  }

  /** What a raw event that cannot be used has wrong with it, {@code siem test} tells. */
  private static void checkDescriptions(
      List<RuleTest> tests, DescriptionCheck descriptions, Diagnostics findings) {
    for (RuleTest test : tests) {
      RawText raw = RawText.readIfUsable(test.raw());
      Diagnostic finding = raw == null ? null : descriptions.check(test, raw);
      if (finding != null) {
        findings.add(finding);
      }
    }
  }

  /** Only what is on disk; running them is the business of {@code siem test}. */
  private static void checkTests(RuleFolder rule, List<RuleTest> tests, Diagnostics findings) {
    if (tests.isEmpty()) {
      findings.add(
          TestCode.NO_TESTS
              .at(place(rule.formula()), Span.START)
              .withHint("add tests/raw_1.txt, then run `siem test --update`"));
    }
    for (RuleTest test : tests) {
      if (!Files.isRegularFile(test.norm())) {
        findings.add(TestCode.NO_NORM.at(place(test.raw()), Span.START, test.number()));
      } else if (!Files.isRegularFile(test.raw())) {
        findings.add(TestCode.NO_RAW.at(place(test.norm()), Span.START, test.number()));
      }
    }
  }

  private static SourceFile place(Path file) {
    return new SourceFile(file.toString(), "");
  }
}
