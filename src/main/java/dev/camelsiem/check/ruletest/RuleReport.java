package dev.camelsiem.check.ruletest;

import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import java.util.List;

/**
 * What came of the tests of one rule.
 *
 * @param findings errors of the formula, which no test survives
 * @param uncovered what no test reached; empty unless coverage was asked for
 */
public record RuleReport(
    RuleFolder rule,
    List<Diagnostic> findings,
    List<TestResult> results,
    List<Diagnostic> uncovered,
    int coveragePoints) {

  public long passed() {
    return results.stream().filter(TestResult::passed).count();
  }

  public long failed() {
    return results.size() - passed();
  }
}
