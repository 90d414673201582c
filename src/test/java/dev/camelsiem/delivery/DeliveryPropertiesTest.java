package dev.camelsiem.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.delivery.log.LogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Whatever fails, and whenever the process restarts: nothing is lost and the counts add up. */
class DeliveryPropertiesTest {
  private static final LogSettings TINY =
      new LogSettings(LogSettings.Fsync.OFF, Duration.ofSeconds(1), 4 << 10, 8 << 10, 1 << 20);

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void everythingArrivesInOrderOfFirstArrival(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int window,
      @ForAll @IntRange(min = 1, max = 3) int lives)
      throws Exception {
    Path folder = Files.createTempDirectory("delivery");
    try {
      Random random = new Random(seed);
      List<Integer> received = new ArrayList<>();
      int next = 0;
      for (int life = 0; life < lives; life++) {
        Set<Long> bad = new HashSet<>();
        for (int i = 0; i < 8; i++) {
          bad.add((long) random.nextInt(60));
        }
        ScriptedSiem siem = new ScriptedSiem(window, bad::contains);
        boolean last = life == lives - 1;
        try (DeliveryRouter router =
            DeliveryRouter.open(
                folder, TINY, (integration, news) -> siem.open(integration, news))) {
          router.apply(List.of(Batches.lane("a")), () -> {});
          int until = next + 50 + random.nextInt(300);
          while (next < until) {
            int to = Math.min(until, next + 1 + random.nextInt(20));
            router.append(List.of(Batches.entry(next, to)), () -> true);
            next = to;
          }
          if (last) {
            awaitAll(router);
          }
          LaneStatus status = router.status().get(0);
          assertThat(status.dropped()).isEmpty();
        }
        received.addAll(Batches.numbers(siem.received()));
      }
      int highest = -1;
      for (int number : received) { // a first arrival never comes after a later number
        assertThat(number).isLessThanOrEqualTo(highest + 1);
        highest = Math.max(highest, number);
      }
      assertThat(highest).isEqualTo(next - 1);
    } finally {
      delete(folder);
    }
  }

  private static void awaitAll(DeliveryRouter router) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              router.retryNow("a");
              LaneStatus status = router.status().get(0);
              return status.pending() == 0
                  && status.confirmed() == status.accepted() + status.pendingAtStart();
            });
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
