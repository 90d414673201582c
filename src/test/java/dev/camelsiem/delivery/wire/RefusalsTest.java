package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a refused event is given up. */
class RefusalsTest {
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(5);

  private long now;
  private final Refusals refusals = new Refusals(LEAST, () -> now);

  @Test
  void oneIsGivenUpAfterThreeTimesAndAMinute() {
    assertThat(refusals.areForGood(List.of(1L), 500)).isFalse();
    assertThat(refusals.areForGood(List.of(1L), 500)).isFalse();
    assertThat(refusals.areForGood(List.of(1L), 500)).isFalse();
    now += LEAST.toNanos();
    assertThat(refusals.areForGood(List.of(1L), 500)).isTrue();
  }

  /** One in each window would hold up each window for a minute. */
  @Test
  void theNextOnesNeedThreeTimesAndSomeSeconds() {
    oneIsGivenUpAfterThreeTimesAndAMinute();
    for (long event = 2; event < 100; event++) {
      now += Duration.ofMinutes(9).toNanos();
      assertThat(refusals.areForGood(List.of(event), 500)).isFalse();
      now += SHORT.toNanos();
      assertThat(refusals.areForGood(List.of(event), 500)).isFalse();
      assertThat(refusals.areForGood(List.of(event), 500)).isTrue();
      refusals.forget(); // a window that was taken whole
    }
    now += Duration.ofMinutes(10).toNanos();
    oneIsGivenUpAfterThreeTimesAndAMinute();
  }

  /** Its queue may be full: what it refuses then is not bad. */
  @Test
  void manyAtOnceNeedTheMinuteAllTheSame() {
    oneIsGivenUpAfterThreeTimesAndAMinute();
    for (int i = 0; i < 5; i++) {
      now += SHORT.toNanos();
      assertThat(refusals.areForGood(List.of(1L, 2L, 3L, 4L, 5L, 6L), 500)).isFalse();
    }
  }

  @Test
  void aReceiverThatTakesNothingOfAWindowIsNotBelieved() {
    for (int i = 0; i < 10; i++) {
      now += LEAST.toNanos();
      assertThat(refusals.areForGood(List.of(1L, 2L), 2)).isFalse();
    }
  }
}
