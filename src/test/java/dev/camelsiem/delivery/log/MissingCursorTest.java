package dev.camelsiem.delivery.log;

import static dev.camelsiem.delivery.log.Entries.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.testing.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of cursors that somebody has removed: who had one loses nothing of what waits for it. */
class MissingCursorTest {
  @TempDir Path folder;
  private final List<String> all = new ArrayList<>();

  /** One reader has read some, one nothing, one all. */
  @BeforeEach
  void fill() throws Exception {
    try (EventLog log = open()) {
      Cursor some = log.cursor("some one");
      Cursor none = log.cursor("none");
      Cursor ready = log.cursor("ready");
      for (int i = 0; i < 50; i++) {
        all.add("line " + i + " " + Noise.text(i, 200));
        append(log, all.get(i));
        if (i == 24) {
          List<String> unused = Entries.consume(some);
          some.note();
        }
      }
      List<String> unused = Entries.consume(ready);
      log.keepHouse();
      assertThat(none.lagEvents()).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "some one, 25, some%20one.cursor",
    "some one, 50, some%20one.cursor;some%20one.place",
    "none, 50, none.cursor",
    "none, 50, none.cursor;../head",
    "none, 50, none.cursor;some%20one.cursor;ready.cursor;some%20one.place;../head",
  })
  void itsReaderGetsWhatWaitsForIt(String name, int waiting, String files) throws Exception {
    for (String each : files.split(";", -1)) {
      Files.delete(folder.resolve("cursors").resolve(each));
    }
    try (EventLog log = open()) {
      assertThat(Entries.consume(log.cursor(name))).isEqualTo(all.subList(50 - waiting, 50));
    }
    try (EventLog log = open()) {
      assertThat(Entries.consume(log.cursor(name))).as("it has a file again").isEmpty();
    }
  }

  @Test
  void withoutAnyOfThemAllGetEverything() throws Exception {
    deleteCursors();
    Files.delete(folder.resolve("head"));
    try (EventLog log = open()) {
      log.keepHouse();
      assertThat(Entries.consume(log.cursor("none"))).isEqualTo(all);
      assertThat(Entries.consume(log.cursor("ready"))).isEqualTo(all);
      append(log, "more");
      assertThat(Entries.consume(log.cursor("stranger"))).isEmpty();
    }
  }

  @Test
  void oneThatIsRemovedWhileItIsInUseIsWrittenAgain() throws Exception {
    try (EventLog log = open()) {
      Cursor none = log.cursor("none");
      deleteCursors();
      log.keepHouse();
      assertThat(none.lagEvents()).isEqualTo(50);
      assertThat(folder.resolve("cursors/none.cursor")).exists();
      assertThat(folder.resolve("cursors/ready.cursor")).exists();
    }
  }

  /** The name of its file is shortened and tells only half of its own. */
  @Test
  void oneWithALongNameIsFoundAndNoOtherIsMadeOfIt() throws Exception {
    String name = "шлюз ".repeat(40).strip();
    try (EventLog log = open()) {
      Cursor cursor = log.cursor(name);
      append(log, "more");
      cursor.note();
      log.keepHouse();
    }
    try (EventLog log = open()) {
      assertThat(log.cursors()).containsExactlyInAnyOrder("some one", "none", "ready", name);
      assertThat(Entries.consume(log.cursor(name))).containsExactly("more");
      append(log, "last");
    }
    deleteCursors();
    try (EventLog log = open()) {
      assertThat(log.cursors()).contains(name);
      assertThat(Entries.consume(log.cursor(name))).endsWith("more", "last");
    }
  }

  @ParameterizedTest
  @CsvSource({"some one, some%20one", "none, none"})
  void oneThatIsDamagedGoesOnWhereItWas(String name, String file) throws Exception {
    Files.write(folder.resolve("cursors").resolve(file + ".cursor"), new byte[100]);
    try (EventLog log = open()) {
      int had = name.equals("none") ? 0 : 25;
      assertThat(Entries.consume(log.cursor(name))).isEqualTo(all.subList(had, 50));
    }
  }

  @Test
  void oneThatIsNewBeginsAtTheEnd() throws Exception {
    try (EventLog log = open()) {
      assertThat(Entries.consume(log.cursor("stranger"))).isEmpty();
    }
  }

  private void deleteCursors() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cursors"))) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(folder.resolve("cursors"));
  }

  private EventLog open() throws IOException {
    return EventLog.open(folder, Entries.uncached(2048), Disk.REAL, false);
  }
}
