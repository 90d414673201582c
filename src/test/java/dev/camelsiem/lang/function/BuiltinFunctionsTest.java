package dev.camelsiem.lang.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.GoldenFiles;
import dev.camelsiem.lang.XpCases;
import dev.camelsiem.lang.function.builtin.BuiltinFunctions;
import dev.camelsiem.lang.function.builtin.Functions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every function is declared once, completely, and does what its examples say. */
class BuiltinFunctionsTest {
  private static final Path ROOMS = Path.of("src/main/java/dev/camelsiem/lang/function/builtin");
  private static final String CASES = "conformance/function";

  @TestFactory
  Stream<DynamicTest> examplesHold() {
    return BuiltinFunctions.ALL.stream()
        .flatMap(
            spec ->
                spec.examples().stream()
                    .map(example -> DynamicTest.dynamicTest(example.call(), () -> check(example))));
  }

  private static void check(FunctionSpec.Example example) {
    assertThat(XpCases.evaluate(example.call(), "{}"))
        .isEqualTo(XpCases.evaluate(example.result(), "{}"));
  }

  @Test
  void namesAreSortedAndUnique() {
    List<String> names = BuiltinFunctions.ALL.stream().map(FunctionSpec::name).toList();
    assertThat(names).isSorted().doesNotHaveDuplicates();
    assertThat(Functions.names()).containsExactlyElementsOf(names);
  }

  @Test
  void everyDeclarationIsInTheListAndInItsRoom() {
    List<String> declared;
    try (Stream<Path> files = Files.walk(ROOMS)) {
      declared =
          files
              .filter(file -> read(file).contains("FunctionSpec SPEC ="))
              .map(file -> file.getParent().getFileName() + "." + nameIn(read(file)))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(BuiltinFunctions.ALL.stream().map(spec -> spec.area() + "." + spec.name()).sorted())
        .containsExactlyElementsOf(declared);
  }

  /** Its cases lie in a file of its name, and each of them calls it. */
  @Test
  void everyFunctionHasCases() {
    List<Path> files = GoldenFiles.find(CASES, ".yaml");
    assertThat(files.stream().map(file -> GoldenFiles.name(CASES, file)))
        .containsExactlyInAnyOrderElementsOf(Functions.names());
    assertThat(files).allSatisfy(BuiltinFunctionsTest::callsItsFunction);
  }

  private static void callsItsFunction(Path file) {
    String call = "(?s).*\\b" + GoldenFiles.name(CASES, file) + "\\(.*";
    assertThat(XpCases.texts(file)).as("%s", file).isNotEmpty().allMatch(t -> t.matches(call));
  }

  private static String nameIn(String source) {
    int from = source.indexOf("named(\"") + 7;
    return source.substring(from, source.indexOf('"', from));
  }

  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
