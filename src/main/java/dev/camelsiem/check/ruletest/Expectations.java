package dev.camelsiem.check.ruletest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes expectations of rule tests. */
public final class Expectations {
  private Expectations() {}

  /**
   * Replaces the expectation by the event that the rule gave, when there is one and the test failed
   * or expected nothing yet. The file is replaced as a whole or not at all.
   *
   * @return true when the file was written
   */
  public static boolean rewrite(TestResult result) throws IOException {
    FlatEvent actual = result.actual();
    FlatEvent expected = result.expected();
    boolean placeholder = expected != null && expected.fields().isEmpty();
    if (actual == null || (result.passed() && !placeholder)) {
      return false;
    }
    Path norm = result.test().norm();
    Path fresh = norm.resolveSibling(norm.getFileName() + ".new");
    Files.write(fresh, actual.toJson().getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, norm, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }
}
