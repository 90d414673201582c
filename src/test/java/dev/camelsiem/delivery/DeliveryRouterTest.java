package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.log.EventLog;
import dev.camelsiem.delivery.log.LogFullException;
import dev.camelsiem.delivery.log.LogSettings;
import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import dev.camelsiem.integration.Integration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lanes over one real log, with SIEMs in memory that fail as they are told. */
class DeliveryRouterTest {
  private static final LogSettings SMALL =
      new LogSettings(LogSettings.Fsync.OFF, Duration.ofSeconds(1), 64 << 10, 64 << 10, 1 << 20);

  @TempDir Path folder;

  private final Map<String, ScriptedSiem> siems = new HashMap<>();

  @Test
  void everyLaneGetsEverythingOnceAndInOrder() throws Exception {
    siems.put("a", new ScriptedSiem(100, call -> false));
    siems.put("b", new ScriptedSiem(7, call -> false));
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("a"), Batches.lane("b")), () -> {});
      append(router, 0, 5_000);
      awaitAll("a", 5_000);
      awaitAll("b", 5_000);
      awaitIdle(router);
      for (LaneStatus status : router.status()) {
        assertThat(status.confirmed()).isEqualTo(5_000);
        assertThat(status.pending()).isZero();
        assertThat(status.resent()).isZero();
        assertAddsUp(status);
      }
    }
    assertThat(numbers("a")).isEqualTo(range(0, 5_000));
    assertThat(numbers("b")).isEqualTo(range(0, 5_000));
  }

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
  void whatATransportLosesIsNotCountedAsConfirmed() throws Exception {
    ScriptedSiem siem = new ScriptedSiem(100, call -> false);
    Transport.Factory losing =
        (integration, listener) -> {
          listener.lost(30, "too large");
          return siem.open(integration, listener);
        };
    try (DeliveryRouter router = DeliveryRouter.open(folder, SMALL, losing)) {
      router.apply(List.of(Batches.lane("a")), () -> {});
      append(router, 0, 500);
      awaitIdle(router);
      LaneStatus status = router.status().get(0);
      assertThat(status.confirmed()).isEqualTo(470);
      assertThat(status.dropped()).containsEntry("too large", 30L);
      assertAddsUp(status);
    }
  }

  @Test
  void whatFailsIsSentAgainAndNothingIsLost() throws Exception {
    siems.put("a", new ScriptedSiem(50, call -> call % 9 == 3 || call % 14 == 5));
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("a")), () -> {});
      append(router, 0, 2_000);
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                router.retryNow("a");
                return router.status().get(0).confirmed() == 2_000;
              });
      assertThat(new HashSet<>(numbers("a"))).hasSize(2_000);
      assertThat(router.status().get(0).resent()).isPositive();
      assertAddsUp(router.status().get(0));
    }
  }

  @Test
  void aLaneThatHangsDelaysNobodyAndKeepsItsPlaceAcrossARestart() throws Exception {
    siems.put("a", new ScriptedSiem(100, call -> false));
    siems.put("hangs", new ScriptedSiem(100, call -> false));
    siems.get("hangs").hang();
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("a"), Batches.lane("hangs")), () -> {});
      append(router, 0, 3_000);
      awaitAll("a", 3_000);
      assertThat(siems.get("hangs").received()).isEmpty();
    }
    siems.put("hangs", new ScriptedSiem(100, call -> false));
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("a"), Batches.lane("hangs")), () -> {});
      assertThat(router.status().get(1).pendingAtStart()).isEqualTo(3_000);
      awaitAll("hangs", 3_000);
      awaitIdle(router);
      assertAddsUp(router.status().get(1));
    }
    assertThat(numbers("hangs")).isEqualTo(range(0, 3_000));
    assertThat(new HashSet<>(numbers("a"))).hasSize(3_000);
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
  void aFullQuotaGivesUpRuntimeEventsFirstAndCountsThem() throws Exception {
    siems.put("dead", new ScriptedSiem(100, call -> true));
    siems.put("well", new ScriptedSiem(100, call -> false));
    int last = 0;
    try (DeliveryRouter router = open()) {
      router.apply(
          List.of(Batches.lane("dead", 400 << 10, WhenFull.DROP_OLDEST), Batches.lane("well")),
          () -> {});
      for (int i = 0; i < 200; i++) { // one record in ten is worth keeping
        router.append(
            List.of(
                Batches.entry(
                    last, last + 20, 400, i % 10 == 0 ? Batches.ADMINISTRATION : Batches.RUNTIME)),
            () -> true);
        last += 20;
      }
      int all = last;
      awaitAll("well", all);
      await().until(() -> router.status().get(0).pendingBytes() <= 400 << 10);
      LaneStatus dead = router.status().get(0);
      assertThat(dead.dropped()).containsOnlyKeys(Quota.RUNTIME);
      assertThat(dead.dropped().get(Quota.RUNTIME)).isGreaterThan(2_000);
      assertAddsUp(dead);
    }
    siems.put("dead", new ScriptedSiem(100, call -> false));
    try (DeliveryRouter router = open()) {
      router.apply(
          List.of(Batches.lane("dead", 400 << 10, WhenFull.DROP_OLDEST), Batches.lane("well")),
          () -> {});
      awaitIdle(router);
      assertAddsUp(router.status().get(0));
    }
    List<Integer> got = numbers("dead");
    List<Integer> kept = IntStream.range(0, last).filter(i -> i / 20 % 10 == 0).boxed().toList();
    assertThat(got).containsAll(kept).contains(last - 1);
    assertThat(got.stream().filter(kept::contains).toList()).isEqualTo(kept);
  }

  @Test
  void aFullQuotaThatOnlyHoldsTheWorthierGivesUpTheOldest() throws Exception {
    siems.put("dead", new ScriptedSiem(100, call -> true));
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("dead", 300 << 10, WhenFull.DROP_OLDEST)), () -> {});
      for (int i = 0; i < 100; i++) {
        router.append(
            List.of(Batches.entry(i * 20, i * 20 + 20, 400, Batches.ADMINISTRATION)), () -> true);
      }
      await().until(() -> router.status().get(0).pendingBytes() <= 300 << 10);
      LaneStatus dead = router.status().get(0);
      assertThat(dead.dropped()).containsOnlyKeys(Quota.OLDEST);
      assertAddsUp(dead);
      assertThat(dead.pending()).isGreaterThan(400);
    }
    siems.put("dead", new ScriptedSiem(100, call -> false));
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("dead", 300 << 10, WhenFull.DROP_OLDEST)), () -> {});
      awaitIdle(router);
    }
    List<Integer> got = numbers("dead");
    assertThat(got).isEqualTo(range(got.get(0), 2_000));
  }

  @Test
  void newestAreRefusedUntilThereIsRoomAgain() throws Exception {
    siems.put("slow", new ScriptedSiem(100, call -> false));
    siems.get("slow").hang();
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("slow", 100 << 10, WhenFull.DROP_NEWEST)), () -> {});
      int next = 0;
      while (router.status().get(0).dropped().isEmpty()) {
        router.append(
            List.of(Batches.entry(next, next + 20, 400, Batches.ADMINISTRATION)), () -> true);
        next += 20;
      }
      int refusedFrom = next - 20;
      siems.get("slow").goOn();
      awaitIdle(router);
      int again = next;
      while (numbers("slow").stream().noneMatch(n -> n >= again)) {
        router.append(
            List.of(Batches.entry(next, next + 20, 400, Batches.ADMINISTRATION)), () -> true);
        next += 20;
      }
      awaitIdle(router);
      LaneStatus status = router.status().get(0);
      assertAddsUp(status);
      assertThat(status.dropped()).containsOnlyKeys(Quota.NEWEST);
      assertThat(status.confirmed() + status.dropped().get(Quota.NEWEST)).isEqualTo(next);
      assertThat(numbers("slow").subList(0, refusedFrom)).isEqualTo(range(0, refusedFrom));
    }
  }

  @Test
  void aBlockingLaneRefusesEverythingAndNothingIsTaken() throws Exception {
    siems.put("dead", new ScriptedSiem(100, call -> true));
    siems.put("well", new ScriptedSiem(100, call -> false));
    try (DeliveryRouter router = open()) {
      router.apply(
          List.of(Batches.lane("dead", 100 << 10, WhenFull.BLOCK), Batches.lane("well")), () -> {});
      List<Integer> taken = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  router.append(
                      List.of(Batches.entry(i * 20, i * 20 + 20, 400, Batches.ADMINISTRATION)),
                      () -> true);
                  taken.add(i);
                }
              })
          .isInstanceOf(LogFullException.class)
          .hasMessageContaining("dead")
          .hasMessageContaining("BLOCK");
      awaitAll("well", taken.size() * 20);
      awaitIdleLane(router, 1);
      assertThat(numbers("well")).isEqualTo(range(0, taken.size() * 20));
      assertThat(router.status().get(0).dropped()).isEmpty();
      assertThat(router.status().get(0).resent()).isZero(); // it never got so far
    }
  }

  @Test
  void detachedMeansThatTheBacklogIsGivenUpAndNewEventsCount() throws Exception {
    AtomicBoolean dead = new AtomicBoolean(true);
    siems.put("dead", new ScriptedSiem(100, call -> dead.get()));
    try (DeliveryRouter router = open()) {
      router.apply(List.of(Batches.lane("dead", 100 << 10, WhenFull.DETACH)), () -> {});
      for (int i = 0; i < 20; i++) {
        router.append(
            List.of(Batches.entry(i * 20, i * 20 + 20, 400, Batches.ADMINISTRATION)), () -> true);
      }
      await().until(() -> router.status().get(0).dropped().containsKey(Quota.DETACHED));
      await().until(() -> router.status().get(0).pendingBytes() < 100 << 10);
      assertAddsUp(router.status().get(0));
      append(router, 400, 410);
      dead.set(false);
      awaitIdle(router);
      assertThat(numbers("dead")).contains(405).doesNotContain(100);
      assertAddsUp(router.status().get(0));
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
  void withoutAnIntegrationEventsAreCounted() throws Exception {
    try (DeliveryRouter router = open()) {
      router.apply(List.of(), () -> {});
      append(router, 0, 50);
      assertThat(router.unrouted()).isEqualTo(50);
    }
  }

  @Test
  void linesOfTwoEncodingsReachTheirLanes() throws Exception {
    siems.put("a", new ScriptedSiem(10, call -> false));
    siems.put("b", new ScriptedSiem(10, call -> false));
    LaneSettings other = Batches.lane("b");
    try (DeliveryRouter router = open()) {
      router.apply(
          List.of(
              Batches.lane("a"), new LaneSettings(other.integration(), 43, EventFilter.EVERYTHING)),
          () -> {});
      router.append(
          LogEntries.of(
              List.of(Batches.KEY, 43L),
              List.of(
                  Batches.entry(0, 1_200).lines().get(Batches.KEY),
                  Batches.entry(5_000, 6_199).lines().get(Batches.KEY))),
          () -> true);
      awaitIdle(router);
      assertThat(numbers("a")).isEqualTo(range(0, 1_200));
      assertThat(numbers("b")).isEqualTo(range(5_000, 6_199));
      assertThat(router.status().get(1).refused()).isEqualTo(1);
      router.append(
          LogEntries.of(
              List.of(Batches.KEY, 43L),
              List.of(
                  Batches.entry(1_200, 1_201).lines().get(Batches.KEY),
                  new EncodedBatch.Builder(0).build())),
          () -> true);
      router.append( // the last record has none of the second
          LogEntries.of(
              List.of(Batches.KEY, 43L),
              List.of(
                  Batches.entry(1_201, 1_801).lines().get(Batches.KEY),
                  Batches.entry(6_199, 6_649).lines().get(Batches.KEY))),
          () -> true);
      awaitIdle(router);
      assertThat(numbers("a")).isEqualTo(range(0, 1_801));
      assertThat(numbers("b")).isEqualTo(range(5_000, 6_649));
      assertThat(router.status().get(1).refused()).isEqualTo(152);
      assertThat(router.status().get(1).filtered()).isZero();
      router.status().forEach(DeliveryRouterTest::assertAddsUp);
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

  private DeliveryRouter open() throws Exception {
    return DeliveryRouter.open(
        folder,
        SMALL,
        (integration, listener) -> siems.get(integration.name()).open(integration, listener));
  }

  private static void append(DeliveryRouter router, int from, int to) throws Exception {
    for (int i = from; i < to; i += 50) {
      router.append(List.of(Batches.entry(i, Math.min(to, i + 50))), () -> true);
    }
  }

  private void awaitAll(String name, int events) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> new HashSet<>(numbers(name)).size() >= events);
  }

  private static void awaitIdle(DeliveryRouter router) {
    for (int i = 0; i < router.status().size(); i++) {
      awaitIdleLane(router, i);
    }
  }

  private static void awaitIdleLane(DeliveryRouter router, int lane) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(router.status().get(lane))
                    .matches(status -> status.pending() == 0)
                    .matches(status -> status.state() == SenderState.IDLE));
  }

  private List<Integer> numbers(String name) {
    return Batches.numbers(siems.get(name).received());
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static void assertAddsUp(LaneStatus status) {
    long dropped = status.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(
            status.confirmed() + status.filtered() + status.refused() + dropped + status.pending())
        .as(status.toString())
        .isEqualTo(status.accepted() + status.pendingAtStart());
  }
}
