package dev.camelsiem.check.ruletest;

import dev.camelsiem.content.rulepackage.RuleTest;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one rule test.
 *
 * @param problem why it failed, or null when it passed
 * @param explanation what more there is to say: where the pattern ended, which condition was false,
 *     that the test expects nothing, that no criteria hold for its event
 * @param differences field by field, when an event came out
 * @param actual the event that came out, or null when none did
 * @param expected null when it could not be read
 */
public record TestResult(
    RuleTest test,
    @Nullable Diagnostic problem,
    List<Diagnostic> explanation,
    List<FieldDifference> differences,
    @Nullable FlatEvent actual,
    @Nullable FlatEvent expected) {

  public boolean passed() {
    return problem == null;
  }

  /** The same with one more thing to say; null says nothing. */
  TestResult noting(@Nullable Diagnostic note) {
    if (note == null) {
      return this;
    }
    List<Diagnostic> notes = new ArrayList<>(explanation);
    notes.add(note);
    return new TestResult(test, problem, List.copyOf(notes), differences, actual, expected);
  }

  static TestResult broken(RuleTest test, Diagnostic problem) {
    return new TestResult(test, problem, List.of(), List.of(), null, null);
  }
}
