package dev.camelsiem.content.rulepackage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFinderTest {
  @TempDir Path root;

  private final Diagnostics findings = new Diagnostics();

  @BeforeEach
  void someRules() throws IOException {
    rule("b/Second");
    rule("a/x/First");
    rule("a/x/First/tests/NotARule");
    rule(".git/Hidden");
  }

  @Test
  void findsFoldersWithAFormulaAtAnyDepthSorted() {
    assertThat(names(root)).containsExactly("First", "Second");
    assertThat(findings.isEmpty()).isTrue();
  }

  @Test
  void takesARuleFolderOrAFormulaAsWell() {
    assertThat(names(root.resolve("b/Second"))).containsExactly("Second");
    assertThat(names(root.resolve("b/Second/formula.xp"))).containsExactly("Second");
    assertThat(names(root.resolve(".git"))).containsExactly("Hidden");
  }

  @Test
  void takesARuleOnceHoweverItIsReached() {
    assertThat(names(root, root.resolve("b"), root.resolve("b/Second"))).hasSize(2);
    assertThat(findings.isEmpty()).isTrue();
  }

  @Test
  void leavesOutLoopsOfLinks() throws IOException {
    Files.createSymbolicLink(root.resolve("a/loop"), root);
    Files.createSymbolicLink(root.resolve("twin"), root.resolve("b"));
    assertThat(names(root)).containsExactlyInAnyOrder("First", "Second");
    assertThat(findings.all()).extracting(d -> d.code().code()).containsExactly("XP515");
    assertThat(findings.hasErrors()).isFalse();
  }

  @Test
  void nothingFoundIsAFinding() throws IOException {
    Path empty = Files.createDirectory(root.resolve("empty"));
    assertThat(names(empty)).isEmpty();
    assertThat(names(root.resolve("missing"))).isEmpty();
    assertThat(findings.all()).extracting(d -> d.code().code()).containsExactly("XP510", "XP511");
    assertThat(findings.all()).extracting(Diagnostic::isError).containsExactly(true, true);
  }

  @Test
  void testsAreFoundByNumberAndGapsAreFine() throws IOException {
    RuleFolder rule = RuleFinder.find(List.of(root.resolve("b")), findings).get(0);
    Files.createDirectories(rule.tests());
    for (String name :
        new String[] {
          "raw_10.txt",
          "norm_10.js",
          "raw_2.txt",
          "norm_3.js",
          "raw_x.txt",
          "raw_02.txt",
          "notes.txt"
        }) {
      Files.writeString(rule.tests().resolve(name), "");
    }
    assertThat(RuleTest.of(rule)).extracting(RuleTest::number).containsExactly(2, 3, 10);
  }

  private void rule(String folder) throws IOException {
    Path directory = Files.createDirectories(root.resolve(folder));
    Files.writeString(directory.resolve("formula.xp"), "JSON = ''\n");
  }

  private List<String> names(Path... roots) {
    return RuleFinder.find(List.of(roots), findings).stream().map(RuleFolder::name).toList();
  }
}
