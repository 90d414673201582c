package dev.camelsiem.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.check.describe.DescribedRule;
import dev.camelsiem.check.describe.EventDescription;
import dev.camelsiem.check.ruletest.FieldDifference;
import dev.camelsiem.check.ruletest.Judge;
import dev.camelsiem.check.ruletest.RuleReport;
import dev.camelsiem.check.ruletest.RuleTestRunner;
import dev.camelsiem.check.validate.RuleValidator;
import dev.camelsiem.content.rulepackage.MetadataChecker;
import dev.camelsiem.content.rulepackage.MetadataReport;
import dev.camelsiem.content.rulepackage.RuleFinder;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.rulepackage.RuleTest;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.GoldenFiles;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules that come with the product pass their own tests, field by field. */
class ShippedRulesTest {
  private static final List<Path> RULES = List.of(Path.of("rules"));
  private static final Path SENTENCES =
      Path.of("src/test/resources/dev/camelsiem/check/sentences.txt");

  @TestFactory
  Stream<DynamicTest> everyRuleGivesExactlyTheExpectedFields() {
    RuleTestRunner runner = new RuleTestRunner(new Judge(true, true), false);
    return RuleFinder.find(RULES, new Diagnostics()).stream()
        .map(rule -> DynamicTest.dynamicTest(rule.toString(), () -> check(runner.run(rule))));
  }

  private static void check(RuleReport report) {
    assertThat(report.findings()).isEmpty();
    assertThat(report.results()).isNotEmpty();
    report
        .results()
        .forEach(
            result -> {
              List<FieldDifference> differences = result.differences();
              assertThat(result.passed())
                  .as("%s: %s %s", result.test(), result.problem(), differences)
                  .isTrue();
            });
  }

  /** With {@code -Dgolden.update=true} the expectation is written instead. */
  @Test
  void everyTestEventHasSentencesOfItsRule() {
    StringBuilder sentences = new StringBuilder();
    MetadataChecker metadata = new MetadataChecker(Taxonomy.standard().names());
    for (RuleFolder folder : RuleFinder.find(RULES, new Diagnostics())) {
      MetadataReport report = metadata.check(folder, Set.of());
      DescribedRule rule = Objects.requireNonNull(DescribedRule.read(folder, report));
      for (RuleTest test : RuleTest.of(folder)) {
        RawText raw = Objects.requireNonNull(RawText.readIfUsable(test.raw()));
        EventDescription description = Objects.requireNonNull(rule.describe(raw));
        assertThat(description.chosen()).as("criteria for %s", test).isNotNull();
        sentences.append(test).append('\n');
        description
            .sentences()
            .forEach((language, text) -> sentences.append("  ").append(text).append('\n'));
      }
    }
    GoldenFiles.check(SENTENCES, sentences.toString());
  }

  @Test
  void nothingIsWrongWithThem() {
    RuleValidator.Result result = new RuleValidator().validate(RULES, () -> {});
    assertThat(result.findings()).filteredOn(Diagnostic::isError).isEmpty();
    assertThat(result.rules()).isGreaterThanOrEqualTo(20);
  }
}
