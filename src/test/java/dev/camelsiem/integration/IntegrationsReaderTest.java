package dev.camelsiem.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.category.ExportCategory;
import dev.camelsiem.flow.category.LicenceLevel;
import dev.camelsiem.flow.category.RuntimeEventType;
import dev.camelsiem.integration.CefSettings.Profile;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.IntegrationsReader.Reading;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticPrinter;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of {@code conformance/integrations}: a file and the findings it must give. {@code
 * -Dgolden.update=true} rewrites the expectations.
 */
class IntegrationsReaderTest {
  private static final Path CASES = Path.of("src/test/resources/conformance/integrations");

  @TestFactory
  Stream<DynamicTest> everyFileGivesItsFindings() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private static void check(Path file) throws IOException {
    Reading reading = read(file);
    DiagnosticPrinter printer = new DiagnosticPrinter(false);
    String found =
        reading.findings().stream().map(printer::print).collect(Collectors.joining("\n"));
    Path expected =
        file.resolveSibling(file.getFileName().toString().replace(".yaml", ".expected"));
    if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
      Files.writeString(expected, found);
    }
    assertThat(found).isEqualTo(Files.readString(expected));
    assertThat(reading.set() == null)
        .as("a set is given exactly when nothing is an error")
        .isEqualTo(reading.findings().stream().anyMatch(Diagnostic::isError));
  }

  @Test
  void everySettingArrives() throws IOException {
    IntegrationSet set = Objects.requireNonNull(read(CASES.resolve("good-everything.yaml")).set());
    assertThat(set.licence()).isEqualTo(LicenceLevel.ADVANCED);
    Integration main = set.integrations().get(0);
    assertThat(main.toString()).isEqualTo("\"Боевая KUMA\" tls://siem.corp.example:6514");
    assertThat(main.destination().framing()).isEqualTo(Framing.OCTET_COUNT);
    assertThat(String.valueOf(main.destination().tls())).doesNotContain("secret");
    assertThat(main.selection().categories())
        .containsExactlyInAnyOrder(ExportCategory.ADMINISTRATION, ExportCategory.CONTAINER_EVENTS);
    assertThat(main.cef().facility()).isEqualTo(16);
    assertThat(main.cef().profile()).isEqualTo(Profile.EXTENDED);
    assertThat(main.cef().severityOverrides()).containsEntry("PM", 8).containsEntry("PM-002", 9);
    assertThat(main.delivery().spoolBytes()).isEqualTo(64L << 20);
    assertThat(set.subscription(main).linkedAgentGroups()).containsExactly("G1");
    Integration second = set.integrations().get(1);
    assertThat(second.destination().protocol()).isEqualTo(Protocol.UDP);
    assertThat(second.destination().port()).isEqualTo(514);
    assertThat(second.cef().maxMessageBytes()).isEqualTo(2048);
    assertThat(second.selection().categories()).hasSize(9);
    assertThat(second.toString()).isEqualTo("\"second\" udp://[2001:db8::10]:514");
  }

  @Test
  void theShippedFileIsClean() throws IOException {
    Reading reading = read(Path.of("routes/siem-integrations.yaml"));
    assertThat(reading.findings()).isEmpty();
    IntegrationSet set = Objects.requireNonNull(reading.set());
    Integration first = set.integrations().get(0);
    assertThat(first.destination().toString()).isEqualTo("tcp://127.0.0.1:5514");
    assertThat(set.subscription(first).linkedAgentGroups()).isNotEmpty();
    assertThat(set.subscription(first).runtimeEventTypes())
        .containsExactlyInAnyOrder(RuntimeEventType.values());
  }

  private static Reading read(Path file) throws IOException {
    return IntegrationsReader.read(
        new SourceFile(file.getFileName().toString(), Files.readString(file)));
  }
}
