package dev.camelsiem.flow.cef.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticPrinter;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of {@code conformance/cef-mapping}: a mapping and the findings it must give, as people
 * see them. {@code -Dgolden.update=true} rewrites the expectations.
 */
class CefMappingLoaderTest {
  private static final Path CASES = Path.of("src/test/resources/conformance/cef-mapping");

  @TestFactory
  Stream<DynamicTest> everyMappingGivesItsFindings() throws IOException {
    return cases().map(file -> DynamicTest.dynamicTest(name(file), () -> check(file)));
  }

  private static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> name(file).endsWith(".yaml")).sorted().toList().stream();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static CefMappingLoader.Loaded load(Path file) throws IOException {
    return CefMappingLoader.load(
        new SourceFile(name(file), Files.readString(file)), (name, child) -> parent(name));
  }

  private static SourceFile parent(String name) {
    try {
      return new SourceFile(name, Files.readString(CASES.resolve(name)));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static void check(Path file) throws IOException {
    CefMappingLoader.Loaded loaded = load(file);
    DiagnosticPrinter printer = new DiagnosticPrinter(false);
    String found = loaded.findings().stream().map(printer::print).collect(Collectors.joining("\n"));
    Path expected = file.resolveSibling(name(file).replace(".yaml", ".expected"));
    if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
      Files.writeString(expected, found);
    }
    assertThat(found).isEqualTo(Files.readString(expected));
    assertThat(loaded.mapping() == null)
        .isEqualTo(loaded.findings().stream().anyMatch(Diagnostic::isError));
    assertThat(name(file).startsWith("bad-")).isEqualTo(loaded.mapping() == null);
  }

  @Test
  void everyFindingHasACase() throws IOException {
    TreeSet<String> missing =
        Arrays.stream(CefFinding.values())
            .map(CefFinding::name)
            .collect(Collectors.toCollection(TreeSet::new));
    for (Path file : cases().toList()) {
      load(file).findings().forEach(finding -> missing.remove(finding.code().toString()));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void theShippedMappingIsClean() {
    CefMappingLoader.Loaded loaded = CefMappings.check(CefMappings.CONTAINER_SECURITY);
    assertThat(loaded.findings()).isEmpty();
    CefMapping mapping = CefMappings.load(CefMappings.CONTAINER_SECURITY);
    assertThat(mapping.families()).hasSize(21);
    assertThat(mapping.categories()).hasSize(9);
    assertThat(mapping.runtimeTypes().keySet())
        .containsExactlyInAnyOrder("PROCESSES", "FILES", "NETWORK", "FTP");
    assertThat(
            mapping.extension().stream().filter(key -> !key.inDictionary()).map(key -> key.key()))
        .containsExactlyInAnyOrder("source", "cs7");
  }

  @Test
  void aMappingWithErrorsIsRefusedWhole() {
    String file = CASES.resolve("bad-labels.yaml").toString();
    assertThatThrownBy(() -> CefMappings.load("file:" + file))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("bad-labels.yaml:18:11")
        .hasMessageContaining("hint: ");
  }

  @Test
  void theDictionaryIsWhole() {
    CefDictionary dictionary = CefDictionary.standard();
    assertThat(dictionary.keys()).hasSize(183);
    assertThat(dictionary.find("c6a2"))
        .isEqualTo(new CefDictionary.Entry("c6a2", "deviceCustomIPv6Address2", "ipv6", -1));
    assertThat(dictionary.find("spt")).extracting(CefDictionary.Entry::type).isEqualTo("integer");
  }
}
