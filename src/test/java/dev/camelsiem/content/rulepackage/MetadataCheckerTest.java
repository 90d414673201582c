package dev.camelsiem.content.rulepackage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.syntax.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each folder of cases holds rules and {@code expected.txt}, the findings about them. */
class MetadataCheckerTest {
  private static final Path CASES = Path.of("src/test/resources/dev/camelsiem/content/rulepackage");

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  /** With {@code -Dgolden.update=true} the expectation is written instead. */
  @ParameterizedTest
  @MethodSource("cases")
  void finds(String name) throws IOException {
    Path folder = CASES.resolve(name);
    String found = findings(folder);
    Path golden = folder.resolve("expected.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, found);
    }
    assertThat(found).isEqualTo(Files.readString(golden));
  }

  @Test
  void twoRulesCannotShareAnObjectId() throws IOException {
    Path folder = CASES.resolve("clean");
    RuleFolder rule = RuleFinder.find(List.of(folder), new Diagnostics()).get(0);
    MetadataReport report = checker().check(rule, Set.of());
    Diagnostics findings = new Diagnostics();
    MetadataReport.checkUnique(List.of(report, report), findings);
    assertThat(findings.all()).hasSize(1);
    assertThat(findings.all().get(0).headline()).contains("XP524").contains("ACME-NF-1001");
  }

  private static String findings(Path folder) {
    Diagnostics all = new Diagnostics();
    for (RuleFolder rule : RuleFinder.find(List.of(folder), all)) {
      Diagnostics syntax = new Diagnostics();
      SourceFile formula = SourceReader.read(rule.formula(), all);
      assertThat(formula).isNotNull();
      Set<String> ids = RuleIds.of(Parser.formula(formula, syntax));
      all.addAll(checker().check(rule, ids).findings());
    }
    List<String> lines = new ArrayList<>();
    for (Diagnostic finding : all.all()) {
      String hint = finding.hint() == null ? "" : " (" + finding.hint() + ")";
      lines.add((finding.headline() + hint).replace(folder + "/", "") + "\n");
    }
    return String.join("", lines);
  }

  private static MetadataChecker checker() {
    return new MetadataChecker(Taxonomy.standard().names());
  }
}
