package dev.camelsiem.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A place that is noted in place: one slot is whole at any time, and nothing else is believed. */
class PlaceFileTest {
  @TempDir Path folder;

  @Test
  void theFurthestWholeSlotCounts() throws Exception {
    Path path = folder.resolve("siem.place");
    try (PlaceFile file = new PlaceFile(Disk.REAL, path, 7)) {
      assertThat(file.read()).isNull();
      for (int i = 1; i <= 5; i++) {
        file.write(new Position(i * 10L, 1, i * 100L));
        assertThat(new PlaceFile(Disk.REAL, path, 7).read())
            .isEqualTo(new Position(i * 10L, 1, i * 100L));
      }
    }
    byte[] whole = Files.readAllBytes(path);
    for (int broken = 0; broken < whole.length; broken++) {
      byte[] bytes = whole.clone();
      bytes[broken] ^= 1;
      Files.write(path, bytes);
      assertThat(new PlaceFile(Disk.REAL, path, 7).read())
          .isIn(new Position(50, 1, 500), new Position(40, 1, 400));
    }
    assertThat(new PlaceFile(Disk.REAL, path, 8).read()).as("of another log").isNull();
    Files.write(path, new byte[9]);
    assertThat(new PlaceFile(Disk.REAL, path, 7).read()).isNull();
  }

  @Test
  void aKilledProcessGoesOnFromTheNotedPlace() throws Exception {
    LogSettings settings = Entries.uncached(64 << 10);
    Path killed = folder.resolve("killed");
    Position noted;
    // Without a thread of its own, which would replace files while they are copied.
    try (EventLog log = EventLog.open(folder.resolve("log"), settings, Disk.REAL, false)) {
      Cursor cursor = log.cursor("siem");
      Entries.append(log, "one", "two");
      Entries.append(log, "three");
      LogBatch first = cursor.next(java.time.Duration.ZERO);
      cursor.commit(first.end());
      cursor.note();
      noted = first.end();
      copy(folder.resolve("log"), killed);
    }
    try (EventLog log = EventLog.open(killed, settings)) {
      assertThat(log.cursor("siem").committed()).isEqualTo(noted);
      assertThat(Entries.drain(log.cursor("siem"))).containsExactly("three");
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path each : files.sorted().toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }
}
