package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import dev.camelsiem.integration.Integration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Integrations that come, go and change while events are delivered. */
class ChangedSettingsTest extends RouterFixture {
  @Test
  void whatWasEncodedForOlderSettingsIsNotTaken() throws Exception {
    siems.put("a", new ScriptedSiem(100, call -> false));
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("a")), () -> {});
      assertThat(router.append(List.of(Batches.entry(0, 50)), () -> false)).isFalse();
      assertThat(router.append(List.of(Batches.entry(50, 100)), () -> true)).isTrue();
      awaitAll("a", 50);
      awaitIdle(router);
      assertThat(router.status().get(0).accepted()).isEqualTo(50);
    }
    assertThat(numbers("a")).isEqualTo(range(50, 100));
  }

  @Test
  void settingsChangeBetweenTwoEvents() throws Exception {
    siems.put("a", new ScriptedSiem(100, call -> false));
    siems.put("new", new ScriptedSiem(100, call -> false));
    AtomicInteger generation = new AtomicInteger();
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("a")), () -> generation.set(1));
      CompletableFuture<Boolean> appending = new CompletableFuture<>();
      Thread source =
          new Thread(
              () -> {
                try {
                  appending.complete(
                      router.append(List.of(Batches.entry(0, 50)), () -> generation.get() == 1));
                } catch (IOException | InterruptedException e) {
                  appending.completeExceptionally(e);
                }
              });
      router.apply(
          List.of(Batches.lane("a"), Batches.lane("new")),
          () -> {
            source.start();
            await().until(() -> source.getState() == Thread.State.WAITING);
            generation.set(2);
          });
      assertThat(appending.get()).isFalse();
      append(router, 50, 100);
      awaitAll("a", 50);
      awaitAll("new", 50);
    }
    assertThat(numbers("new")).isEqualTo(range(50, 100));
  }

  @Test
  void settingsThatCouldNotBeTakenAreTakenLater() throws Exception {
    siems.put("a", new ScriptedSiem(100, call -> false));
    siems.put("b", new ScriptedSiem(100, call -> false));
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("a")), () -> {});
      Path kept = folder.resolve("kept").resolve(DurableFiles.safeName("b"));
      EventLog other = EventLog.open(kept, SMALL); // somebody else has it open
      assertThatThrownBy(
              () -> router.apply(List.of(elsewhere("a"), Batches.lane("b")), () -> fail()))
          .isInstanceOf(IOException.class);
      assertThat(router.status().get(0).destination()).endsWith(":1");
      append(router, 0, 50);
      awaitAll("a", 50);
      other.close();
      router.apply(List.of(Batches.lane("b"), Batches.lane("a")), () -> {});
      append(router, 50, 100);
      awaitAll("a", 100);
      awaitAll("b", 50);
    }
    assertThat(numbers("a")).isEqualTo(range(0, 100));
    assertThat(numbers("b")).isEqualTo(range(50, 100));
  }

  @Test
  void eventsOfTheTimeInWhichALaneWasDisabledAreNotForIt() throws Exception {
    siems.put("stays", new ScriptedSiem(10, call -> false));
    siems.put("goes", new ScriptedSiem(10, call -> false));
    siems.get("goes").hang();
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("stays"), Batches.lane("goes")), () -> {});
      append(router, 0, 100);
      router.apply(List.of(Batches.lane("stays")), () -> {});
      append(router, 100, 200);
      siems.get("goes").goOn();
      router.apply(List.of(Batches.lane("stays"), Batches.lane("goes")), () -> {});
      append(router, 200, 300);
      awaitIdle(router);
      assertThat(new HashSet<>(numbers("goes")))
          .isEqualTo(
              new HashSet<>(
                  IntStream.concat(IntStream.range(0, 100), IntStream.range(200, 300))
                      .boxed()
                      .toList()));
      LaneStatus status = router.status().get(1);
      assertThat(status.filtered()).isEqualTo(100);
      assertThat(status.dropped()).isEmpty();
      assertAddsUp(status);
    }
  }

  @Test
  void aChangedSubscriptionHoldsForTheBacklog() throws Exception {
    siems.put("a", new ScriptedSiem(100, call -> false));
    siems.get("a").hang();
    LaneSettings everything = Batches.lane("a");
    try (DeliveryRouter router = open()) {
      router.apply(List.of(everything), () -> {});
      append(router, 0, 1_000); // the first records are in flight now
      router.append(List.of(Batches.entry(1_000, 1_100, 10, Batches.RUNTIME)), () -> true);
      router.apply(
          List.of(
              new LaneSettings(
                  everything.integration(),
                  Batches.KEY,
                  facts -> facts != null && facts.category() != null)),
          () -> {});
      siems.get("a").goOn();
      awaitIdle(router);
      assertThat(new HashSet<>(numbers("a"))).isEqualTo(new HashSet<>(range(0, 1_000)));
      assertThat(router.status().get(0).filtered()).isEqualTo(100);
    }
  }

  @Test
  void aQuotaThatATransportDependsOnNeedsAnother() throws Exception {
    ScriptedSiem siem = new ScriptedSiem(100, call -> false);
    siems.put("a", siem);
    Transport.Factory factory =
        new Transport.Factory() {
          @Override
          public Transport open(Integration integration, Transport.Listener listener) {
            return siem.open(integration, listener);
          }

          @Override
          public Object limits(Integration integration) {
            return Math.min(1 << 20, integration.delivery().quotaBytes());
          }
        };
    try (DeliveryRouter router = DeliveryRouter.open(folder, SMALL, factory)) {
      int next = 0;
      int[] opened = {1, 1, 2};
      int[] quotas = {4 << 20, 8 << 20, 1 << 19};
      for (int i = 0; i < quotas.length; i++) {
        router.apply(List.of(Batches.lane("a", quotas[i], WhenFull.DROP_OLDEST)), () -> {});
        for (int part = 0; part < 2; part++) { // the first may still go the old way
          append(router, next, next + 50);
          next += 50;
          awaitAll("a", next);
          awaitIdle(router);
        }
        assertThat(siem.opened()).isEqualTo(opened[i]);
      }
    }
    assertThat(numbers("a")).isEqualTo(range(0, 300));
  }

  private static LaneSettings elsewhere(String name) {
    return new LaneSettings(
        Batches.integration(name, 2, 1L << 30, WhenFull.DROP_OLDEST),
        Batches.KEY,
        EventFilter.EVERYTHING);
  }
}
