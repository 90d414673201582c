package dev.camelsiem.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.category.LicenceLevel;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.integration.CefSettings.Profile;
import dev.camelsiem.integration.DeliverySettings.Confirm;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.IntegrationsReader.Reading;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticPrinter;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of {@code conformance/integrations}: a file, the mappings whose categories it may name,
 * if not the shipped one's, and the findings it must give. {@code -Dgolden.update=true} rewrites
 * the expectations.
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
        .containsExactlyInAnyOrder("ADMINISTRATION", "CONTAINER_EVENTS");
    assertThat(main.cef().facility()).isEqualTo(16);
    assertThat(main.cef().profile()).isEqualTo(Profile.EXTENDED);
    assertThat(main.cef().severityOverrides()).containsEntry("PM", 8).containsEntry("PM-002", 9);
    assertThat(main.cef().eventId()).isTrue();
    assertThat(main.delivery())
        .isEqualTo(
            new DeliverySettings(
                Confirm.RELP,
                Duration.ofSeconds(20),
                64L << 20,
                Duration.ofDays(1),
                WhenFull.DETACH));
    assertThat(set.subscription(main).linkedAgentGroups()).containsExactly("G1");
    Integration second = set.integrations().get(1);
    assertThat(second.destination().protocol()).isEqualTo(Protocol.UDP);
    assertThat(second.destination().port()).isEqualTo(514);
    assertThat(second.cef().maxMessageBytes()).as("the mapping's").isZero();
    assertThat(second.cef().datagrams()).isTrue();
    assertThat(second.selection().categories()).hasSize(9);
    assertThat(second.toString()).isEqualTo("\"second\" udp://[2001:db8::10]:514");
    assertThat(second.cef().eventId()).isFalse();
    assertThat(second.delivery().confirm()).isEqualTo(Confirm.NONE);
  }

  @Test
  void categoriesAreThoseOfTheMappings() throws IOException {
    IntegrationSet set =
        Objects.requireNonNull(read(CASES.resolve("good-own-categories.yaml")).set());
    assertThat(set.integrations().get(0).selection().categories())
        .containsExactlyInAnyOrder("Access", "DETECTION");
    assertThat(set.integrations().get(0).selection().runtimeEventTypes())
        .containsExactlyInAnyOrder("Cameras", "FILES");
    assertThat(set.integrations().get(1).selection().categories()).hasSize(11);
    assertThat(set.catalogue().categories().keys()).startsWith("Access", "Lifts", "ADMINISTRATION");
  }

  @Test
  void everyAddressArrivesInOrder() throws IOException {
    IntegrationSet set = Objects.requireNonNull(read(CASES.resolve("good-everything.yaml")).set());
    Destination third = set.integrations().get(2).destination();
    assertThat(third.endpoints())
        .containsExactly(
            new HostPort("siem-a.corp.example", 1514),
            new HostPort("siem-b.corp.example", 514),
            new HostPort("2001:db8::1", 601),
            new HostPort("2001:db8::2", 514));
    assertThat(third.address()).isEqualTo("siem-a.corp.example");
    assertThat(third.port()).isEqualTo(1514);
    Integration fourth = set.integrations().get(3);
    assertThat(fourth.destination().toString())
        .isEqualTo("tls://siem-a.corp.example:6514,siem-b.corp.example:6515");
    assertThat(fourth.cef().eventId()).isTrue();
    assertThat(fourth.delivery()).isEqualTo(DeliverySettings.DEFAULT);
    Integration fifth = set.integrations().get(4);
    assertThat(fifth.destination().protocol()).isEqualTo(Protocol.KAFKA);
    assertThat(fifth.destination().topic()).isEqualTo("siem.events_1-a");
    assertThat(fifth.destination().toString())
        .isEqualTo("kafka+tls://kafka-a:9092,kafka-b:9094/siem.events_1-a");
    assertThat(fifth.cef().maxMessageBytes()).as("the mapping's").isZero();
    assertThat(fifth.cef().datagrams()).isFalse();
    assertThat(fifth.delivery().whenFull()).isEqualTo(WhenFull.BLOCK);
    assertThat(fifth.delivery().quotaAge()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void theOldNameOfTheQuotaStillSetsIt() throws IOException {
    IntegrationSet set = Objects.requireNonNull(read(CASES.resolve("warn-old-keys.yaml")).set());
    DeliverySettings delivery = set.integrations().get(0).delivery();
    assertThat(delivery.quotaBytes()).isEqualTo(64L << 20);
    assertThat(delivery.confirm()).isEqualTo(Confirm.CLOSE);
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
        .containsExactlyInAnyOrder("PROCESSES", "FILES", "NETWORK", "FTP");
  }

  private static Reading read(Path file) throws IOException {
    return IntegrationsReader.read(
        new SourceFile(file.getFileName().toString(), Files.readString(file)), catalogue(file));
  }

  /** That of the mappings that a neighbour of the case names, else of the shipped one. */
  private static Catalogue catalogue(Path file) throws IOException {
    Path mappings = file.resolveSibling(file.getFileName().toString().replace(".yaml", ".mapping"));
    return Catalogue.of(
        CefMappings.loadAll(
            Files.exists(mappings) ? Files.readString(mappings) : CefMappings.CONTAINER_SECURITY));
  }
}
