package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Lines;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large windows are, by what answers took. */
class WindowSizeTest {
  private static final long QUICK = Duration.ofMillis(100).toNanos();

  /** A window that is ended for its age. */
  private static final long WRITTEN = Duration.ofSeconds(1).toNanos();

  private static final long IN_TIME = Duration.ofSeconds(1).toNanos();
  private static final long LATE = Duration.ofSeconds(7).toNanos();

  private final WireLimits limits = WireLimits.DEFAULT;
  private final EncodedBatch batch =
      Lines.batch(Collections.nCopies(500, "x".repeat(1_000))); // more than the first window
  private long now;
  private final WindowSize size = new WindowSize(limits, () -> now);

  @Test
  void aBatchIsCutForWhoIsSlowOrNotKnownYet() {
    assertThat(size.piece(batch, 0)).isLessThan(100);
    answered(IN_TIME);
    assertThat(size.piece(batch, 0)).isEqualTo(500);
    size.refused(); // windows get small, and batches are not cut all the same
    assertThat(size.piece(batch, 0)).isEqualTo(500);
    assertThat(size.proves(LATE)).isFalse();
    assertThat(size.piece(batch, 0)).isLessThan(100);
    for (int i = 0; i < 1_000; i++) {
      answered(IN_TIME);
    }
    assertThat(size.piece(batch, 0)).as("no quicker").isLessThan(100);
    for (int i = 0; i < 10; i++) {
      answered(QUICK);
    }
    assertThat(size.piece(batch, 0)).isEqualTo(500);
  }

  @Test
  void afterABreakTheOtherWayIsTried() {
    answered(IN_TIME);
    assertThat(size.proves(LATE)).isFalse();
    size.refused(); // this was no break
    assertThat(size.piece(batch, 0)).isLessThan(100);
    size.refused();
    assertThat(size.piece(batch, 0)).isEqualTo(500);
    size.refused();
    assertThat(size.piece(batch, 0)).isLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 400, 1_000, 2_000})
  void aSlowReaderIsBelievedAtTheSmallestWindows(int bytesASecond) {
    Duration patience = limits.patience();
    boolean believed = false;
    int tries = 0;
    while (!believed) {
      int events = size.piece(batch, 0);
      Duration takes = Duration.ofSeconds(events * 1_000L / bytesASecond);
      boolean waits = takes.compareTo(patience) < 0;
      now += (waits ? takes : patience).toNanos();
      if (!waits) {
        size.late();
      }
      believed = waits && size.proves(takes.toNanos());
      if (!believed) {
        size.refused();
      }
      assertThat(++tries).isLessThan(20);
    }
    assertThat(size.bytes()).isEqualTo(limits.floorBytes());
  }

  private void answered(long nanos) {
    assertThat(size.proves(nanos)).isTrue();
    size.answered(nanos, WRITTEN, size.bytes());
  }

  @Test
  void windowsShrinkForASlowReader() {
    for (int i = 0; i < 20; i++) {
      long held = size.bytes();
      size.answered(held * 1_000_000_000 / 20_000, WRITTEN, held); // 20,000 bytes a second
      assertThat(size.bytes()).isBetween(limits.floorBytes(), 64 << 10);
    }
    assertThat(size.bytes()).isLessThan(64 << 10);
  }

  /** Its answers are quick, since little is left to be read; twice as much would come too late. */
  @Test
  void windowsThatTakeLongToWriteDoNotGrow() {
    int bytes = size.bytes();
    for (int i = 0; i < 20; i++) {
      size.answered(QUICK, limits.proof().toNanos() / 2, size.bytes());
    }
    assertThat(size.bytes()).isEqualTo(bytes);
    size.answered(QUICK, limits.proof().toNanos() / 2 - QUICK, size.bytes());
    assertThat(size.bytes()).isEqualTo(2 * bytes);
  }

  /** It reads at once and closes its side when a timer of its own runs out. */
  @Test
  void windowsGrowForWhoAlwaysTakesTheSameTime() {
    for (int i = 0; i < 20; i++) {
      size.answered(Duration.ofSeconds(3).toNanos(), WRITTEN, size.bytes());
    }
    assertThat(size.bytes()).isEqualTo(limits.maxBytes());
    for (int i = 0; i < 20; i++) {
      size.answered(
          Duration.ofSeconds(3).toNanos() + size.bytes() * 100_000L, WRITTEN, size.bytes());
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
        answered(QUICK);
      }
    }
    assertThat(size.bytes()).isEqualTo(limits.maxBytes());
  }
}
