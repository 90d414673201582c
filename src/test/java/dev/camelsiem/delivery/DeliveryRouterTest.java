package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.EncodedBatch;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets which events, and that the counts add up, with SIEMs that fail or hang. */
class DeliveryRouterTest extends RouterFixture {
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
}
