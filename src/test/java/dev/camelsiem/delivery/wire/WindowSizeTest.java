package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Lines;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** How large windows are, by what answers took. */
class WindowSizeTest {
  private static final long IN_TIME = Duration.ofSeconds(1).toNanos();
  private static final long LATE = Duration.ofSeconds(7).toNanos();

  private final WireLimits limits = WireLimits.DEFAULT;
  private final EncodedBatch batch =
      Lines.batch(Collections.nCopies(500, "x".repeat(1_000))); // more than the first window
  private long now;
  private final WindowSize size = new WindowSize(limits, () -> now);

  @Test
  void aBatchIsCutForWhoAnswersLateAndForNoOther() {
    assertThat(size.piece(batch, 0)).isEqualTo(500);
    assertThat(size.proves(LATE)).isFalse();
    assertThat(size.piece(batch, 0)).isLessThan(100);
    for (int i = 0; i < 200; i++) {
      assertThat(size.proves(IN_TIME)).isTrue();
    }
    assertThat(size.piece(batch, 0)).isEqualTo(500);
  }

  @Test
  void afterABreakTheOtherWayIsTried() {
    assertThat(size.proves(LATE)).isFalse();
    size.refused();
    assertThat(size.piece(batch, 0)).isEqualTo(500);
    size.refused();
    assertThat(size.piece(batch, 0)).isLessThan(100);
  }

  @Test
  void aSlowReaderIsBelievedAtTheSmallestWindows() {
    int tries = 0;
    while (!size.proves(LATE)) {
      size.refused();
      now += LATE;
      tries++;
    }
    assertThat(tries).isBetween(6, 12);
    assertThat(size.bytes()).isEqualTo(limits.floorBytes());
  }

  @Test
  void windowsShrinkForASlowReader() {
    for (int i = 0; i < 20; i++) {
      long held = size.bytes();
      size.answered(held * 1_000_000_000 / 20_000, held); // 20,000 bytes a second
      assertThat(size.bytes()).isBetween(limits.floorBytes(), 64 << 10);
    }
    assertThat(size.bytes()).isLessThan(64 << 10);
  }

  /** It reads at once and closes its side when a timer of its own runs out. */
  @Test
  void windowsGrowForWhoAlwaysTakesTheSameTime() {
    for (int i = 0; i < 20; i++) {
      size.answered(Duration.ofSeconds(3).toNanos(), size.bytes());
    }
    assertThat(size.bytes()).isEqualTo(limits.maxBytes());
    for (int i = 0; i < 20; i++) {
      size.answered(Duration.ofSeconds(3).toNanos() + size.bytes() * 100_000L, size.bytes());
    }
    assertThat(size.bytes()).as("now slow besides").isLessThan(64 << 10);
  }

  /** It hangs for a while and closes without having read, as a JVM does that ends. */
  @Test
  void aHangOnceADayIsNeverBelieved() {
    for (int day = 0; day < 100; day++) {
      assertThat(size.proves(LATE)).as("day %s", day).isFalse();
      size.refused();
      for (int window = 0; window < 20; window++) {
        now += Duration.ofHours(1).toNanos();
        assertThat(size.proves(IN_TIME)).isTrue();
        size.answered(0, size.bytes());
      }
    }
    assertThat(size.bytes()).isEqualTo(limits.maxBytes());
  }
}
