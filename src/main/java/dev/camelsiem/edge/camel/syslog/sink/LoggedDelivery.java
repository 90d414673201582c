package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.delivery.DeliveryRouter;
import dev.camelsiem.delivery.EventFilter;
import dev.camelsiem.delivery.LaneSettings;
import dev.camelsiem.delivery.LogEntries;
import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.delivery.wire.Wires;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.CefSettings;
import dev.camelsiem.integration.DeliverySettings;
import dev.camelsiem.integration.DeliverySettings.Confirm;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.integration.Integration.Selection;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One receiver behind a log of its own: the delivery of many integrations, for one. */
final class LoggedDelivery implements Closeable {
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final String NAME = "syslog-sink";

  /** There is one encoding: the lines as they came. */
  private static final long KEY = 0;

  private final DeliveryRouter router;
  private final Wires wires;

  private LoggedDelivery(DeliveryRouter router, Wires wires) {
    this.router = router;
    this.wires = wires;
  }

  /**
   * Opens the log and begins to deliver what it holds.
   *
   * @throws IllegalArgumentException when a setting cannot be used
   * @throws IOException when the folder cannot be used or another sink uses it
   */
  static LoggedDelivery open(Path dataDir, Destination destination, Confirm confirm)
      throws IOException, InterruptedException {
    Integration integration = integration(destination, confirm);
    Wires.check(integration);
    Wires wires = new Wires();
    DeliveryRouter router = null;
    boolean open = false;
    try {
      router = DeliveryRouter.open(dataDir, LogSettings.DEFAULT, wires);
      router.apply(List.of(new LaneSettings(integration, KEY, EventFilter.EVERYTHING)), () -> {});
      open = true;
      return new LoggedDelivery(router, wires);
    } finally {
      if (!open) {
        if (router != null) {
          router.close();
        }
        wires.close();
      }
    }
  }

  /** Takes a batch over; durable on return. */
  void append(EncodedBatch batch) throws IOException, InterruptedException {
    boolean unused =
        router.append(LogEntries.of(List.of(KEY), List.of(batch.withoutBreaks())), () -> true);
  }

  @Override
  public void close() throws IOException {
    try (wires) {
      router.close(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Integration integration(Destination destination, Confirm confirm) {
    DeliverySettings standard = DeliverySettings.DEFAULT;
    Confirm how = destination.protocol() == Protocol.UDP ? Confirm.NONE : confirm;
    return new Integration(
        NAME,
        NAME,
        true,
        destination,
        new Selection(Set.of(), Set.of(), 0),
        new CefSettings(
            null,
            ZoneOffset.UTC,
            null,
            CefSettings.Profile.KCS,
            Map.of(),
            0,
            destination.protocol() == Protocol.UDP,
            null,
            null,
            null,
            false,
            false),
        new DeliverySettings(
            how,
            standard.confirmTimeout(),
            standard.quotaBytes(),
            standard.quotaAge(),
            standard.whenFull()));
  }
}
