package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long START = Long.MAX_VALUE - 50; // such times go over to negative ones

  private final Pace pace = new Pace(START);

  private static long at(long nanos) {
    return START + nanos;
  }

  @Test
  void worksAtOnceAndThenATenthOfTheTime() {
    assertThat(pace.isDue(START, 0)).isTrue();
    pace.ended(at(7), 7);
    pace.ended(at(20), 9);
    assertThat(pace.pause()).isEqualTo(70);
    assertThat(pace.isDue(at(89), 0)).isFalse();
    assertThat(pace.isDue(at(90), 0)).isTrue();
  }

  @Test
  void pausesAsLongAsIsAskedForAtLeast() {
    pace.ended(at(1), 1);
    pace.ended(at(3), 1);
    assertThat(pace.isDue(at(102), 100)).isFalse();
    assertThat(pace.isDue(at(103), 100)).isTrue();
  }

  /** A machine that stood still for half a minute was blind to new files for five. */
  @Test
  void onceThatTookLongIsNotWaitedFor() {
    pace.ended(at(2), 2);
    pace.ended(at(40_000), 30_000);
    assertThat(pace.pause()).isEqualTo(20);
    pace.ended(at(80_000), 30_000);
    assertThat(pace.pause()).isEqualTo(300_000);
    pace.ended(at(80_003), 3);
    assertThat(pace.pause()).isEqualTo(30);
  }
}
