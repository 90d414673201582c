package dev.camelsiem.delivery;

import dev.camelsiem.delivery.log.LogEntry;
import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.integration.DeliverySettings;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.integration.IntegrationsReader;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.testing.Noise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Numbered lines, and integrations that want them. */
final class Batches {
  static final long KEY = 42;
  static final EventFacts ADMINISTRATION =
      new EventFacts("ADM-001", "ADM", 3, "ADMINISTRATION", null, null);
  static final EventFacts RUNTIME = new EventFacts("PM-002", "PM", 3, null, "PROCESSES", "G");

  private Batches() {}

  /** Lines {@code N}, padded, from one number to another, excluded. */
  static LogEntry entry(int from, int to, int bytes, EventFacts facts) {
    EncodedBatch.Builder lines = new EncodedBatch.Builder(64);
    for (int i = from; i < to; i++) {
      byte[] line = (i + " " + Noise.text(i, bytes)).getBytes(StandardCharsets.UTF_8);
      byte[] room = lines.room(line.length);
      System.arraycopy(line, 0, room, lines.position(), line.length);
      lines.endEvent(lines.position() + line.length, facts, new EventId(7, i, 0));
    }
    return new LogEntry(to - from, Map.of(KEY, lines.build()));
  }

  static LogEntry entry(int from, int to) {
    return entry(from, to, 10, ADMINISTRATION);
  }

  /** The numbers of lines. */
  static List<Integer> numbers(List<String> lines) {
    return lines.stream().map(line -> Integer.parseInt(line, 0, line.indexOf(' '), 10)).toList();
  }

  /** An integration to an address that nobody asks for, with a quota. */
  static Integration integration(String name, int port, long quotaBytes, WhenFull whenFull) {
    return integration(name, port, quotaBytes, Duration.ofDays(3), whenFull);
  }

  private static Integration integration(
      String name, int port, long quotaBytes, Duration quotaAge, WhenFull whenFull) {
    String text =
        "integrations:\n  - {name: " + name + ", address: 127.0.0.1, port: " + port + "}\n";
    Integration plain =
        IntegrationsReader.read(
                new SourceFile("test.yaml", text),
                Catalogue.of(CefMappings.loadAll(CefMappings.CONTAINER_SECURITY)))
            .set()
            .integrations()
            .get(0);
    DeliverySettings standard = plain.delivery();
    return new Integration(
        plain.id(),
        plain.name(),
        plain.enabled(),
        plain.destination(),
        plain.selection(),
        plain.cef(),
        new DeliverySettings(
            standard.confirm(), standard.confirmTimeout(), quotaBytes, quotaAge, whenFull));
  }

  static LaneSettings lane(String name, long quotaBytes, WhenFull whenFull) {
    return new LaneSettings(
        integration(name, 1, quotaBytes, whenFull), KEY, EventFilter.EVERYTHING);
  }

  static LaneSettings lane(String name, long quotaBytes, Duration age, WhenFull whenFull) {
    return new LaneSettings(
        integration(name, 1, quotaBytes, age, whenFull), KEY, EventFilter.EVERYTHING);
  }

  static LaneSettings lane(String name) {
    return lane(name, 1L << 30, WhenFull.DROP_OLDEST);
  }
}
