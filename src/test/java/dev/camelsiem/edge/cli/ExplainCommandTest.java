package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  /** Every code that the program knows, found in its classes. */
  private static List<String> codes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.camelsiem")
            .stream()
            .filter(type -> type.isEnum() && type.isAssignableTo(DiagnosticCode.class))
            .map(JavaClass::reflect)
            .flatMap(type -> List.of(type.getEnumConstants()).stream())
            .map(constant -> ((DiagnosticCode) constant).code())
            .sorted()
            .toList();
  }

  @Test
  void everyCodeHasOneMeaningAndASection() throws Exception {
    assertThat(codes()).doesNotHaveDuplicates().hasSizeGreaterThan(80);
    Map<String, String> sections = ExplainCommand.sections();
    assertThat(List.copyOf(sections.keySet()))
        .as("sections of docs/diagnostics.md")
        .containsExactlyElementsOf(codes());
    assertThat(sections.values()).allMatch(text -> text.length() > 20 && text.endsWith("."));
  }

  @Test
  void explainsACodeInAnyCase() {
    Siem siem = Siem.run("explain", "xp903");
    assertThat(siem.status()).isZero();
    assertThat(siem.out()).startsWith("XP903\n`find_substr` gives an offset").contains("!= null");
  }

  @Test
  void listsAllAndHelpsWithMisspeltOnes() {
    assertThat(Siem.run("explain").out()).contains("XP201  There is no such function.\n");
    Siem unknown = Siem.run("explain", "XP20");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("there is no code `XP20`");
  }
}
