package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a refused event is given up. */
class RefusalsTest {
  private static final Duration LEAST = Duration.ofMinutes(1);

  private long now;
  private final Refusals refusals = new Refusals(LEAST, () -> now);

  @Test
  void oneIsGivenUpAfterThreeTimesAndAMinute() {
    assertThat(refusals.areForGood(List.of(1L), false)).isFalse();
    assertThat(refusals.areForGood(List.of(1L), false)).isFalse();
    assertThat(refusals.areForGood(List.of(1L), false)).isFalse();
    now += LEAST.toNanos();
    assertThat(refusals.areForGood(List.of(1L), false)).isTrue();
  }

  /** One in each window would hold up each window for a minute. */
  @Test
  void theNextOnesNeedThreeTimesOnly() {
    oneIsGivenUpAfterThreeTimesAndAMinute();
    for (long event = 2; event < 100; event++) {
      now += Duration.ofMinutes(9).toNanos();
      assertThat(refusals.areForGood(List.of(event), false)).isFalse();
      assertThat(refusals.areForGood(List.of(event), false)).isFalse();
      assertThat(refusals.areForGood(List.of(event), false)).isTrue();
      refusals.forget(); // a window that was taken whole
    }
    now += Duration.ofMinutes(10).toNanos();
    oneIsGivenUpAfterThreeTimesAndAMinute();
  }

  @Test
  void aReceiverThatTakesNothingOfAWindowIsNotBelieved() {
    for (int i = 0; i < 10; i++) {
      now += LEAST.toNanos();
      assertThat(refusals.areForGood(List.of(1L, 2L), true)).isFalse();
    }
  }
}
