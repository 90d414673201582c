package dev.camelsiem.integration.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.CefSettings;
import dev.camelsiem.integration.CefSettings.Profile;
import dev.camelsiem.integration.DeliverySettings;
import dev.camelsiem.integration.DeliverySettings.Confirm;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Protocol;
import dev.camelsiem.integration.Integration;
import dev.camelsiem.integration.Integration.Selection;
import dev.camelsiem.integration.Lines;
import dev.camelsiem.integration.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outlet with a wire that fails when it is told to. */
class OutletTest {
  @TempDir Path folder;

  private final Wire wire = new Wire();
  private Outlet outlet;

  @BeforeEach
  void start() throws IOException {
    outlet = outlet(integration("127.0.0.1", 1L << 20));
  }

  @AfterEach
  void stop() throws InterruptedException {
    wire.mode = Mode.TAKES;
    wire.permits.release(1_000_000);
    outlet.stop(Duration.ofSeconds(5));
  }

  @Test
  void deliversInOrder() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      offer(i * 10, i * 10 + 10).await();
    }
    assertThat(wire.taken()).isEqualTo(Lines.names(0, 1000));
    assertThat(outlet.status().sent()).isEqualTo(1000);
    assertThat(outlet.status().outage()).isFalse();
  }

  @Test
  void anOutageGoesThroughTheSpoolInOrderAndEnds() throws InterruptedException {
    offer(0, 10).await();
    wire.mode = Mode.REFUSES;
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      deliveries.add(offer(i * 10, i * 10 + 10));
    }
    await().until(() -> tickAnd(outlet.status().outage()));
    for (Delivery delivery : deliveries) {
      delivery.await();
    }
    assertThat(outlet.status().inSpool()).isGreaterThanOrEqualTo(490);
    wire.mode = Mode.TAKES;
    await().until(() -> !outlet.status().outage());
    offer(510, 520).await();
    assertThat(wire.taken().stream().distinct().toList()).isEqualTo(Lines.names(0, 520));
    assertThat(outlet.status().lastError()).contains("refused");
  }

  @Test
  void aStalledSendGoesToDiskAndIsNotSentTwiceWhenItSucceedsAfterAll() throws InterruptedException {
    wire.mode = Mode.WAITS;
    Delivery stuck = offer(0, 10);
    Delivery next = offer(10, 20);
    await().until(() -> tickAnd(outlet.status().outage()));
    stuck.await();
    next.await();
    wire.permits.release(100);
    wire.mode = Mode.TAKES;
    await().until(() -> !outlet.status().outage());
    offer(20, 30).await();
    assertThat(wire.taken()).isEqualTo(Lines.names(0, 30));
  }

  @Test
  void aBrokenConnectionSendsAgainWhatWasSentLast() throws InterruptedException {
    offer(0, 10).await();
    offer(10, 20).await();
    wire.breakNow(false);
    await().until(() -> outlet.status().resent() == 20);
    offer(20, 30).await();
    await().until(() -> wire.taken().contains("event 29"));
    List<String> expected = new ArrayList<>(Lines.names(0, 20));
    expected.addAll(Lines.names(0, 30));
    assertThat(wire.taken()).isEqualTo(expected);
  }

  @Test
  void aBreakDuringAnOutageSendsAgainInTheRightPlace() throws InterruptedException {
    offer(0, 10).await();
    wire.mode = Mode.WAITS;
    Delivery stuck = offer(10, 20);
    offer(20, 30);
    await().until(() -> tickAnd(outlet.status().outage()));
    stuck.await();
    wire.mode = Mode.REFUSES;
    wire.permits.release(100); // the send that hangs fails now
    await().until(() -> outlet.status().resent() > 0);
    wire.mode = Mode.TAKES;
    await().until(() -> !outlet.status().outage());
    List<String> expected = new ArrayList<>(Lines.names(0, 10));
    expected.addAll(Lines.names(0, 30));
    assertThat(wire.taken()).isEqualTo(expected);
  }

  @Test
  void aFullSpoolRefusesTheNewestWithAReason() throws Exception {
    outlet.stop(Duration.ofSeconds(1));
    outlet = outlet(integration("127.0.0.1", 2_000));
    wire.mode = Mode.REFUSES;
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      deliveries.add(offer(i * 10, i * 10 + 10));
    }
    await().until(() -> tickAnd(outlet.status().outage()));
    int refused = 0;
    for (Delivery delivery : deliveries) {
      delivery.await();
      refused += delivery.refused().size();
    }
    assertThat(refused).isPositive();
    assertThat(outlet.status().dropped()).containsEntry("spool full", (long) refused);
    wire.mode = Mode.TAKES;
    await().until(() -> !outlet.status().outage());
    assertThat(wire.taken()).isEqualTo(Lines.names(0, 500 - refused));
  }

  @Test
  void whatIsLeftAtAStopIsDeliveredByTheNextStart() throws Exception {
    wire.mode = Mode.REFUSES;
    offer(0, 30);
    outlet.stop(Duration.ofMillis(50));
    assertThat(wire.taken()).isEmpty();
    wire.mode = Mode.TAKES;
    outlet = outlet(integration("127.0.0.1", 1L << 20));
    offer(30, 40).await();
    await().until(() -> wire.taken().size() == 40);
    assertThat(wire.taken()).isEqualTo(Lines.names(0, 40));
  }

  @Test
  void aNewAddressTakesOverWhenTheOldOneHasDrained() throws InterruptedException {
    wire.mode = Mode.WAITS;
    Delivery old = offer(0, 10);
    await().until(() -> wire.permits.hasQueuedThreads()); // it hangs in the old connection
    outlet.update(integration("127.0.0.2", 1L << 20));
    Delivery later = offer(10, 20);
    wire.permits.release(100);
    old.await();
    later.await();
    assertThat(wire.takenBy("127.0.0.1")).isEqualTo(Lines.names(0, 10));
    assertThat(wire.takenBy("127.0.0.2")).isEqualTo(Lines.names(10, 20));
  }

  @Test
  void anOutletThatHoldsTheOthersUpGoesToDisk() {
    wire.millis = 200;
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () -> {
              Delivery delivery = new Delivery(2);
              outlet.offer(Lines.numbered(0, 1), delivery);
              delivery.done(); // the other one is quick
              delivery.await();
              return outlet.status().outage();
            });
  }

  private Delivery offer(int from, int to) {
    Delivery delivery = new Delivery(1);
    outlet.offer(Lines.numbered(from, to), delivery);
    return delivery;
  }

  private boolean tickAnd(boolean condition) {
    outlet.tick();
    return condition;
  }

  private Outlet outlet(Integration integration) throws IOException {
    return new Outlet(
        integration, wire::open, Spool.open(folder, integration.delivery().quotaBytes()));
  }

  private static Integration integration(String address, long spoolBytes) {
    return new Integration(
        "test",
        "test",
        true,
        new Destination(
            Protocol.TCP,
            address,
            514,
            Framing.LF,
            null,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)),
        new Selection(Set.of(), Set.of(), 0),
        new CefSettings(
            null,
            ZoneOffset.UTC,
            null,
            Profile.KCS,
            Map.of(),
            2048,
            null,
            null,
            null,
            false,
            false),
        new DeliverySettings(
            Confirm.NONE,
            Duration.ofSeconds(30),
            spoolBytes,
            Duration.ofHours(1),
            WhenFull.DROP_NEWEST));
  }

  private enum Mode {
    TAKES,
    REFUSES,
    WAITS
  }

  /** Plays all connections. */
  private static final class Wire {
    final Semaphore permits = new Semaphore(0);
    volatile Mode mode = Mode.TAKES;
    volatile int millis;
    private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<String> addresses = Collections.synchronizedList(new ArrayList<>());
    private volatile Transport.@Nullable Listener listener;

    Transport open(Destination destination, Transport.Listener heard) {
      listener = heard;
      heard.connected();
      return new Transport() {
        @Override
        public void send(EncodedBatch batch) throws IOException, InterruptedException {
          if (mode == Mode.WAITS) {
            permits.acquire();
          }
          if (mode == Mode.REFUSES) {
            throw new IOException("refused");
          }
          if (millis > 0) {
            TimeUnit.MILLISECONDS.sleep(millis); // a slow wire, not a wait for a condition
          }
          synchronized (taken) {
            batch.forEach(
                event -> {
                  taken.add(event);
                  addresses.add(destination.address());
                });
          }
        }

        @Override
        public void close() {
          permits.release();
        }
      };
    }

    void breakNow(boolean orderly) {
      Objects.requireNonNull(listener).disconnected(orderly, "reset");
    }

    List<String> taken() {
      synchronized (taken) {
        return List.copyOf(taken);
      }
    }

    List<String> takenBy(String address) {
      List<String> by = new ArrayList<>();
      synchronized (taken) {
        for (int i = 0; i < taken.size(); i++) {
          if (addresses.get(i).equals(address)) {
            by.add(taken.get(i));
          }
        }
      }
      return by;
    }
  }
}
