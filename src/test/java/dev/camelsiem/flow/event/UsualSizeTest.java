package dev.camelsiem.flow.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsualSizeTest {
  private final UsualSize usual = new UsualSize(500);

  @Test
  void oneLargeEventHardlyMatters() {
    usual.learn(1, 16 << 10);
    assertThat(usual.expected(1000)).isLessThan(600_000);
  }

  @Test
  void followsWhatHasBecomeUsualUpAndDown() {
    for (int batch = 0; batch < 40; batch++) {
      usual.learn(500, 500 * 4_000);
    }
    assertThat(usual.expected(500)).isBetween(500 * 3_900, 500 * 4_100);
    for (int batch = 0; batch < 40; batch++) {
      usual.learn(500, 500 * 200);
    }
    assertThat(usual.expected(500)).isBetween(500 * 200, 500 * 300);
  }

  @Test
  void neverAsksForMuch() {
    usual.learn(1_000_000, 1L << 40);
    assertThat(usual.expected(100_000)).isEqualTo(1 << 24);
    assertThat(usual.expected(0)).isZero();
  }

  @Test
  void aBatchHoldsNoMoreThanTwiceItsEvents() {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(1 << 20);
    builder.add(new byte[1_000], 0, 1_000, null);
    assertThat(builder.build().array().length).isLessThan(6_097);
  }
}
