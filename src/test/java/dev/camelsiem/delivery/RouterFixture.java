package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.log.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Lanes over one real log, with SIEMs in memory that fail as they are told. */
abstract class RouterFixture {
  static final LogSettings SMALL =
      new LogSettings(LogSettings.Fsync.OFF, Duration.ofSeconds(1), 64 << 10, 64 << 10, 1 << 20);

  @TempDir Path folder;

  final Map<String, ScriptedSiem> siems = new HashMap<>();

  DeliveryRouter open() throws Exception {
    return DeliveryRouter.open(
        folder,
        SMALL,
        (integration, listener) -> siems.get(integration.name()).open(integration, listener));
  }

  static void append(DeliveryRouter router, int from, int to) throws Exception {
    for (int i = from; i < to; i += 50) {
      router.append(List.of(Batches.entry(i, Math.min(to, i + 50))), () -> true);
    }
  }

  void awaitAll(String name, int events) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> new HashSet<>(numbers(name)).size() >= events);
  }

  static void awaitIdle(DeliveryRouter router) {
    for (int i = 0; i < router.status().size(); i++) {
      awaitIdleLane(router, i);
    }
  }

  static void awaitIdleLane(DeliveryRouter router, int lane) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(router.status().get(lane))
                    .matches(status -> status.pending() == 0)
                    .matches(status -> status.state() == SenderState.IDLE));
  }

  List<Integer> numbers(String name) {
    return Batches.numbers(siems.get(name).received());
  }

  static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  static void assertAddsUp(LaneStatus status) {
    long dropped = status.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(
            status.confirmed() + status.filtered() + status.refused() + dropped + status.pending())
        .as(status.toString())
        .isEqualTo(status.accepted() + status.pendingAtStart());
  }
}
