package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long START = Long.MAX_VALUE - 50; // such times go over to negative ones

  private final Pace pace = new Pace(START);

  @Test
  void worksAtOnceAndThenATenthOfTheTime() {
    assertThat(pace.isDue(START, 0)).isTrue();
    pace.ended(START + 7, 7);
    pace.ended(START + 20, 9);
    assertThat(pace.pause()).isEqualTo(70);
    assertThat(pace.isDue(START + 20 + 69, 0)).isFalse();
    assertThat(pace.isDue(START + 20 + 70, 0)).isTrue();
  }

  @Test
  void pausesAsLongAsIsAskedForAtLeast() {
    pace.ended(START + 1, 1);
    pace.ended(START + 3, 1);
    assertThat(pace.isDue(START + 3 + 99, 100)).isFalse();
    assertThat(pace.isDue(START + 3 + 100, 100)).isTrue();
  }

  /** A machine that stood still for half a minute was blind to new files for five. */
  @Test
  void onceThatTookLongIsNotWaitedFor() {
    pace.ended(START + 2, 2);
    pace.ended(START + 40_000, 30_000);
    assertThat(pace.pause()).isEqualTo(20);
    pace.ended(START + 80_000, 30_000);
    assertThat(pace.pause()).isEqualTo(300_000);
    pace.ended(START + 80_003, 3);
    assertThat(pace.pause()).isEqualTo(30);
  }
}
