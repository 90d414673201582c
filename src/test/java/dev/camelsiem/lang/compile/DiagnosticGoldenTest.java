package dev.camelsiem.lang.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.GoldenFiles;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.DiagnosticPrinter;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.pattern.PatternCode;
import dev.camelsiem.lang.syntax.SyntaxCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Formulas with mistakes, and what an author reads about them. */
class DiagnosticGoldenTest {
  static final String FOLDER = "conformance/diagnostic";

  @TestFactory
  Stream<DynamicTest> findings() {
    return GoldenFiles.find(FOLDER, ".xp").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    GoldenFiles.name(FOLDER, file),
                    () -> GoldenFiles.check(expected(file), rendered(file))));
  }

  private static Path expected(Path file) {
    return Path.of(file.toString().replaceFirst("\\.xp$", ".txt"));
  }

  static String rendered(Path file) {
    SourceFile source = new SourceFile(file.getFileName().toString(), GoldenFiles.read(file));
    DiagnosticPrinter printer = new DiagnosticPrinter(false);
    StringBuilder text = new StringBuilder();
    for (Diagnostic finding : findings(file, source)) {
      text.append(text.length() == 0 ? "" : "\n").append(printer.print(finding));
    }
    return text.toString();
  }

  /** Cases of the linter show all findings; the others would drown in them. */
  private static List<Diagnostic> findings(Path file, SourceFile source) {
    boolean lint = file.getParent().endsWith("lint");
    Options options = lint ? Options.FOR_AUTHORS : Options.FOR_PRODUCTION;
    List<Diagnostic> all = RuleCompiler.compile(source, new TestFields(), options).findings();
    boolean aboutFields = file.getFileName().toString().equals("missing-fields.xp");
    return all.stream()
        .filter(finding -> aboutFields || finding.code() != LintCode.MISSING_FIELDS)
        .toList();
  }

  @Test
  void everyCodeOfTheLanguageHasACase() {
    String all =
        GoldenFiles.find(FOLDER, ".xp").stream()
            .map(DiagnosticGoldenTest::rendered)
            .reduce("", String::concat);
    List<DiagnosticCode> codes =
        Stream.of(
                SyntaxCode.values(), CompileCode.values(), LintCode.values(), PatternCode.values())
            .<DiagnosticCode>flatMap(Stream::of)
            .toList();
    assertThat(codes)
        .filteredOn(code -> code != SyntaxCode.TOO_LONG && code != PatternCode.TOO_LONG)
        .allSatisfy(code -> assertThat(all).contains("[" + code.code() + "]"));
  }

  @Test
  void aFormulaThatIsTooLongIsRefused() {
    SourceFile file = new SourceFile("long.xp", "#".repeat((1 << 20) + 1));
    Compilation compilation = RuleCompiler.compile(file, new TestFields(), Options.FOR_AUTHORS);
    assertThat(compilation.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.code()).isEqualTo(SyntaxCode.TOO_LONG));
  }
}
