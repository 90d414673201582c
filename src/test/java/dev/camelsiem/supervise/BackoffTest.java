package dev.camelsiem.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

  @Test
  void theBoundDoublesUpToTheLongest() {
    long[] boundsMillis = {100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000};
    for (int failures = 1; failures <= boundsMillis.length; failures++) {
      int tried = failures;
      long bound = Duration.ofMillis(boundsMillis[failures - 1]).toNanos();
      long[] delays = LongStream.range(0, 2_000).map(i -> backoff.delay(tried)).toArray();
      assertThat(LongStream.of(delays).allMatch(delay -> delay >= 10_000_000 && delay <= bound))
          .isTrue();
      assertThat(LongStream.of(delays).max().orElse(0)).as("jitter").isGreaterThan(bound / 2);
      assertThat(LongStream.of(delays).min().orElse(0)).as("jitter").isLessThan(bound / 2);
    }
    assertThat(backoff.delay(Integer.MAX_VALUE)).isLessThanOrEqualTo(30_000_000_000L);
  }

  @Test
  void refusesTimesThatMakeABusyLoop() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
