package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.log.LogFullException;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.integration.DeliverySettings.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events when as much waits for a lane as may. */
class FullQuotaTest extends RouterFixture {
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatABreakGaveBackStaysBeforeWhatWasKeptAsideMeanwhile(boolean restarted) throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    ScriptedSiem siem = new ScriptedSiem(100, call -> call > 1 && broken.get());
    siem.hang();
    siems.put("breaking", siem);
    List<LaneSettings> lanes = List.of(Batches.lane("breaking", 100 << 10, WhenFull.DROP_OLDEST));
    DeliveryRouter router = open();
    try {
      router.apply(lanes, () -> {});
      oneInTenWorthKeeping(router, 0, 1);
      await().until(() -> router.status().get(0).state() == SenderState.CONFIRMING);
      oneInTenWorthKeeping(router, 1, 40);
      awaitRoom(router);
      siem.goOn();
      await().until(() -> router.status().get(0).failures() > 0);
      if (!restarted) {
        giveUpMoreAndDeliver(router, broken);
      }
    } finally {
      router.close();
    }
    if (restarted) {
      try (DeliveryRouter next = open()) {
        next.apply(lanes, () -> {});
        giveUpMoreAndDeliver(next, broken);
      }
    }
    List<Integer> got = numbers("breaking").stream().distinct().toList();
    assertThat(got).isSorted().containsAll(range(0, 20)).contains(200, 400, 600, 800, 1000, 1200);
  }

  private static void giveUpMoreAndDeliver(DeliveryRouter router, AtomicBoolean broken)
      throws Exception {
    oneInTenWorthKeeping(router, 40, 80);
    awaitRoom(router);
    broken.set(false);
    awaitIdle(router);
    assertAddsUp(router.status().get(0));
  }

  private static void oneInTenWorthKeeping(DeliveryRouter router, int from, int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      EventFacts facts = i % 10 == 0 ? Batches.ADMINISTRATION : Batches.RUNTIME;
      router.append(List.of(Batches.entry(i * 20, i * 20 + 20, 400, facts)), () -> true);
    }
  }

  private static void awaitRoom(DeliveryRouter router) {
    await().until(() -> router.status().get(0).pendingBytes() <= 100 << 10);
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
}
