package dev.camelsiem.delivery.log;

import static dev.camelsiem.delivery.log.Entries.append;
import static dev.camelsiem.delivery.log.Entries.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.testing.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails in the middle of the work. */
class FaultTest {
  @TempDir Path folder;
  private CrashDisk disk;

  @BeforeEach
  void disk() throws IOException {
    disk = new CrashDisk(folder);
  }

  private EventLog open(LogSettings settings) throws IOException {
    return EventLog.open(folder, settings, disk, false);
  }

  @Test
  void aFailedSyncTakesTheAppendBackAndBeginsANewSegment() throws Exception {
    try (EventLog log = open(Entries.uncached(1 << 16))) {
      Cursor cursor = log.cursor("siem");
      append(log, "one");
      disk.failForce = true;
      assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> append(log, "lost too")).isInstanceOf(IOException.class);
      disk.failForce = false;
      assertThat(log.end().sequence()).isEqualTo(2);
      append(log, "two");
      assertThat(log.status().segments()).isEqualTo(2);
      assertThat(drain(cursor)).containsExactly("one", "two");
    }
    try (EventLog log = open(Entries.uncached(1 << 16))) {
      assertThat(drain(log.cursor("siem"))).containsExactly("one", "two");
      assertThat(log.status().damagedEvents()).isZero();
      assertThat(log.status().damagedBytes()).isZero();
    }
  }

  @Test
  void aGapThatCannotBeSavedTakesNothingBackThatWasGivenUpMeanwhile() throws Exception {
    Runnable[] meanwhile = {() -> {}};
    boolean[] full = {false};
    Disk failing =
        new Disk() {
          @Override
          public void replace(Path file, byte[] content) throws IOException {
            if (full[0]) {
              meanwhile[0].run();
              throw new IOException("broken");
            }
            Disk.REAL.replace(file, content);
          }
        };
    try (EventLog log = EventLog.open(folder, Entries.uncached(1 << 16), failing, false)) {
      Cursor cursor = log.cursor("siem");
      append(log, "one", "two");
      Position first = log.end();
      append(log, "three");
      full[0] = true;
      meanwhile[0] = () -> assertThat(cursor.skip(cursor.reading(), first)).isEqualTo(2);
      assertThatThrownBy(() -> cursor.openGap("disabled")).isInstanceOf(IOException.class);
      assertThat(cursor.isGapOpen()).isFalse();
      assertThat(cursor.lagEvents()).isEqualTo(1);

      full[0] = false;
      cursor.openGap("disabled");
      append(log, "in the gap");
      full[0] = true;
      meanwhile[0] = () -> assertThat(cursor.skip(cursor.reading(), log.end())).isEqualTo(1);
      assertThatThrownBy(cursor::closeGap).isInstanceOf(IOException.class);
      assertThat(cursor.isGapOpen()).isTrue();
      append(log, "in the gap, too");
      assertThat(cursor.lagEvents()).isZero();
      full[0] = false;
      cursor.closeGap();
      append(log, "four");
      assertThat(drain(cursor)).containsExactly("four");
    }
  }

  @Test
  void theFirstSyncOfASegmentMayFail() throws Exception {
    try (EventLog log = open(Entries.uncached(1 << 16))) {
      Cursor cursor = log.cursor("siem");
      for (int i = 0; i < 3; i++) {
        disk.failForce = true;
        assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(IOException.class);
        disk.failForce = false;
      }
      append(log, "one");
      assertThat(drain(cursor)).containsExactly("one");
      assertThat(log.end().sequence()).isEqualTo(2);
    }
  }

  @Test
  void whatCannotBeCutOffIsNotReadAfterAFailedSync() throws Exception {
    try (EventLog log = open(Entries.uncached(1 << 16))) {
      Cursor cursor = log.cursor("siem");
      append(log, "one");
      disk.failForce = true;
      disk.failTruncate = true;
      assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(IOException.class);
      disk.failForce = false;
      append(log, "two");
      disk.failTruncate = false;
      assertThat(drain(cursor)).containsExactly("one", "two");
    }
    try (EventLog log = open(Entries.uncached(1 << 16))) {
      assertThat(drain(log.cursor("siem"))).containsExactly("one", "two");
      assertThat(log.status().damagedEvents()).isZero();
    }
  }

  @Test
  void aFullDiskTakesTheAppendBackAndGoesOnByItself() throws Exception {
    try (EventLog log = open(Entries.uncached(1 << 16))) {
      Cursor cursor = log.cursor("siem");
      append(log, "one");
      disk.room = 70_000;
      long failed = 0;
      long done = 0;
      String text = Noise.text(1, 3000);
      while (failed < 3) {
        try {
          log.append(List.of(Entries.entry(text + done), Entries.entry(text + done)));
          done++;
        } catch (IOException e) {
          failed++;
        }
      }
      assertThat(log.end().sequence()).isEqualTo(2 + 2 * done);
      disk.room = Long.MAX_VALUE;
      append(log, "last");
      List<String> read = drain(cursor);
      assertThat(read).hasSize((int) (2 + 2 * done)).endsWith("last");
      assertThat(log.status().damagedBytes()).isZero();
    }
  }

  @Test
  void aCursorIsSavedOnAFullDiskWithTheReserve() throws Exception {
    try (EventLog log = open(Entries.uncached(1 << 16))) {
      Cursor cursor = log.cursor("siem");
      append(log, "one", "two");
      assertThat(Files.size(folder.resolve("reserve"))).isEqualTo(Ballast.BYTES);
      disk.room = 0;
      drain(cursor);
      cursor.commit(log.end());
      cursor.save();
      assertThat(folder.resolve("reserve")).doesNotExist();
      disk.room = 0;
      cursor.useEncoding(3);
      assertThatThrownBy(cursor::save).isInstanceOf(IOException.class);
      assertThat(Files.size(folder.resolve("cursors/siem.cursor"))).isPositive();
      disk.room = Long.MAX_VALUE;
      log.keepHouse();
      assertThat(folder.resolve("reserve")).exists();
    }
    try (EventLog log = open(Entries.uncached(1 << 16))) {
      assertThat(log.cursor("siem").committed().sequence()).isEqualTo(3);
      assertThat(log.cursor("siem").encodingKeys()).containsExactly(3L);
    }
  }

  @Test
  void nothingIsAppendedWhenTheDiskIsNearlyFull() throws Exception {
    LogSettings settings =
        new LogSettings(LogSettings.Fsync.BATCH, Duration.ofSeconds(1), 4096, 0, 1000);
    disk.totalBytes = 5000; // so that 500 must be free
    disk.freeBytes = 499;
    try (EventLog log = open(settings)) {
      assertThatThrownBy(() -> append(log, "x"))
          .isInstanceOf(LogFullException.class)
          .hasMessageContaining(folder.toString());
    }
    disk.freeBytes = 500;
    try (EventLog log = open(settings)) {
      append(log, "x");
    }
  }

  @Test
  void aSegmentThatCannotBeDeletedIsTriedAgain() throws Exception {
    try (EventLog log = open(Entries.uncached(128))) {
      Cursor cursor = log.cursor("siem");
      append(log, Noise.text(2, 100));
      append(log, Noise.text(3, 100));
      Entries.consume(cursor);
      disk.failDelete = true;
      log.keepHouse();
      assertThat(log.status().segments()).isEqualTo(2);
      disk.failDelete = false;
      log.keepHouse();
      assertThat(log.status().segments()).isEqualTo(1);
    }
  }

  @Test
  void theIntervalThreadSyncs() throws Exception {
    LogSettings settings =
        new LogSettings(LogSettings.Fsync.INTERVAL, Duration.ofMillis(10), 1 << 16, 0, 0);
    try (EventLog log = open(settings)) {
      Cursor cursor = log.cursor("siem");
      int before = disk.forces;
      append(log, "x");
      assertThat(drain(cursor)).containsExactly("x");
      org.awaitility.Awaitility.await().until(() -> log.status().syncs() > 0);
      assertThat(disk.forces).isGreaterThan(before);
    }
  }

  @Test
  void anInterruptedAppenderLeavesTheLogUsable() throws Exception {
    try (EventLog log = EventLog.open(folder, Entries.uncached(1 << 16))) {
      Cursor cursor = log.cursor("siem");
      append(log, "one");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> append(log, "never")).isInstanceOf(InterruptedException.class);
      append(log, "two");
      assertThat(drain(cursor)).containsExactly("one", "two");
      Thread.currentThread().interrupt();
      cursor.rewind();
      assertThatThrownBy(() -> cursor.next(Duration.ofDays(1)))
          .isInstanceOf(InterruptedException.class);
      assertThat(drain(cursor)).containsExactly("one", "two");
      Thread.currentThread().interrupt();
    }
    assertThat(Thread.interrupted()).isTrue();
    try (EventLog log = open(Entries.SMALL)) {
      assertThat(log.status().damagedBytes()).isZero();
    }
  }
}
