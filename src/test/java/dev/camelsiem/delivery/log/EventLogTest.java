package dev.camelsiem.delivery.log;

import static dev.camelsiem.delivery.log.Entries.KEY;
import static dev.camelsiem.delivery.log.Entries.SMALL;
import static dev.camelsiem.delivery.log.Entries.append;
import static dev.camelsiem.delivery.log.Entries.consume;
import static dev.camelsiem.delivery.log.Entries.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.testing.Noise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  @TempDir Path folder;

  @Test
  void anEncodingThatHasRefusedAllIsNotOneThatIsMissing() throws Exception {
    LogSettings settings = Entries.uncached(1 << 16);
    try (EventLog log = EventLog.open(folder, settings)) {
      Cursor cursor = log.cursor("siem");
      log.append(
          List.of(new LogEntry(2, Map.of(KEY, Entries.lines(), 8L, Entries.lines("a", "b")))));
      LogBatch read = cursor.next(Duration.ZERO);
      assertThat(read.lines(List.of(KEY))).isNotNull().isEmpty();
      assertThat(read.isDamaged(List.of(KEY))).isFalse();
      assertThat(read.lines(List.of(8L))).containsExactly("a", "b");
      assertThat(read.lines(List.of(9L))).isNull();
    }
  }

  @Test
  void whatIsAppendedIsReadInOrderAcrossARestart() throws Exception {
    try (EventLog log = EventLog.open(folder.resolve("a/b/log"), SMALL)) {
      Cursor cursor = log.cursor("siem");
      append(log, "one", "two");
      append(log, "three");
      assertThat(drain(cursor)).containsExactly("one", "two", "three");
      cursor.rewind();
      LogBatch first = cursor.next(Duration.ZERO);
      cursor.commit(first.end());
      assertThat(cursor.lagEvents()).isEqualTo(1);
    }
    try (EventLog log = EventLog.open(folder.resolve("a/b/log"), SMALL)) {
      assertThat(log.cursors()).containsExactly("siem");
      Cursor cursor = log.cursor("siem");
      append(log, "four");
      assertThat(drain(cursor)).containsExactly("three", "four");
      assertThat(log.status().damagedEvents()).isZero();
      assertThat(log.status().damagedBytes()).isZero();
      assertThat(log.end().sequence()).isEqualTo(5);
    }
  }

  @Test
  void aRecordKeepsFactsIdsAndSeveralEncodings() throws Exception {
    EventFacts full = new EventFacts("ÄM-002", "ÄM", 10, "ADMIN", "PROCESSES", "group");
    EncodedBatch.Builder builder = new EncodedBatch.Builder(16);
    byte[] text = "grüße".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 100; i++) {
      System.arraycopy(text, 0, builder.room(text.length), builder.position(), text.length);
      builder.endEvent(
          builder.position() + text.length,
          i % 3 == 0 ? null : full,
          i % 5 == 0 ? null : new EventId(i / 10, Long.MAX_VALUE - i * 7L, i % 2 * -3));
    }
    EncodedBatch rich = builder.build();
    EncodedBatch empty = new EncodedBatch.Builder(1).build();
    try (EventLog log = EventLog.open(folder, Entries.uncached(1 << 20))) {
      Cursor cursor = log.cursor("siem");
      log.append(
          List.of(new LogEntry(100, Map.of(1L, rich, 2L, empty)), new LogEntry(3, Map.of())));
      LogBatch batch = cursor.next(Duration.ZERO);
      EncodedBatch back = batch.lines(List.of(5L, 1L));
      assertThat(back).containsExactlyElementsOf(rich);
      for (int i = 0; i < 100; i++) {
        assertThat(back.facts(i)).isEqualTo(rich.facts(i));
        assertThat(back.id(i)).isEqualTo(rich.id(i));
        assertThat(back.array()[back.end(i)]).isEqualTo((byte) '\n');
        assertThat(i == 0 || back.start(i) == back.end(i - 1) + 1).isTrue();
      }
      assertThat(batch.lines(List.of(2L))).isEmpty();
      assertThat(batch.lines(List.of(3L))).isNull();
      LogBatch unwritable = cursor.next(Duration.ZERO);
      assertThat(unwritable.events()).isEqualTo(3);
      assertThat(unwritable.lines(List.of(1L))).isNull();
      assertThat(unwritable.end().sequence()).isEqualTo(104);
    }
  }

  @Test
  void segmentsThatAllHavePassedAreDeleted() throws Exception {
    try (EventLog log = EventLog.open(folder, SMALL)) {
      Cursor fast = log.cursor("fast");
      Cursor slow = log.cursor("slow");
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add("event " + i + " " + Noise.text(i, 100));
        append(log, all.get(i));
      }
      assertThat(log.status().segments()).isGreaterThan(4);
      assertThat(consume(fast)).isEqualTo(all);
      assertThat(slow.lagBytes()).isGreaterThan(20_000);
      assertThat(fast.lagBytes()).isZero();
      assertThat(consume(slow)).isEqualTo(all);
      org.awaitility.Awaitility.await().until(() -> log.status().segments() == 1);
      try (var files = Files.list(folder)) {
        assertThat(files.filter(f -> f.toString().endsWith(".log"))).hasSize(1);
      }
    }
    try (EventLog log = EventLog.open(folder, SMALL)) {
      assertThat(log.status().damagedEvents()).isZero();
      assertThat(log.end().sequence()).isEqualTo(201);
    }
  }

  @Test
  void aFolderHasOneLog() throws Exception {
    try (EventLog log = EventLog.open(folder, SMALL)) {
      assertThatThrownBy(() -> EventLog.open(folder, SMALL))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
      append(log, "still works");
    }
    EventLog.open(folder, SMALL).close();
  }

  @Test
  void filesAreForTheirOwnerAlone() throws Exception {
    try (EventLog log = EventLog.open(folder.resolve("log"), SMALL)) {
      log.cursor("a/../b").save();
      append(log, "x");
    }
    try (var files = Files.walk(folder.resolve("log"))) {
      for (Path each : files.toList()) {
        String wanted = Files.isDirectory(each) ? "rwx------" : "rw-------";
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .isEqualTo(wanted);
      }
    }
  }

  @Test
  void aGapIsSteppedOverCountedAndKept() throws Exception {
    try (EventLog log = EventLog.open(folder, SMALL)) {
      Cursor cursor = log.cursor("siem");
      append(log, "1");
      cursor.openGap("drop_newest");
      append(log, "2", "3");
    }
    try (EventLog log = EventLog.open(folder, SMALL)) {
      Cursor cursor = log.cursor("siem");
      assertThat(cursor.isGapOpen()).isTrue();
      append(log, "4");
      assertThat(cursor.lagEvents()).isEqualTo(1);
      cursor.closeGap();
      append(log, "5");
      assertThat(cursor.lagEvents()).isEqualTo(2);
      assertThat(drain(cursor)).containsExactly("1", "5");
      cursor.rewind();
      assertThat(drain(cursor)).containsExactly("1", "5");
      assertThat(cursor.damagedEvents()).isZero();
    }
  }

  @Test
  void skippingMovesTheReader() throws Exception {
    try (EventLog log = EventLog.open(folder, SMALL)) {
      Cursor cursor = log.cursor("siem");
      append(log, "1", "2");
      Position middle = log.end();
      append(log, "3");
      cursor.skip(cursor.reading(), middle);
      cursor.skip(cursor.reading(), middle);
      assertThat(drain(cursor)).containsExactly("3");
      assertThat(cursor.committed()).isEqualTo(middle);
    }
  }

  @Test
  void encodingKeysAreKeptNewestFirst() throws Exception {
    try (EventLog log = EventLog.open(folder, SMALL)) {
      Cursor cursor = log.cursor("siem");
      for (long key = 1; key <= 10; key++) {
        cursor.useEncoding(key);
      }
      cursor.useEncoding(5);
    }
    try (EventLog log = EventLog.open(folder, SMALL)) {
      assertThat(log.cursor("siem").encodingKeys())
          .containsExactly(5L, 10L, 9L, 8L, 7L, 6L, 4L, 3L);
    }
  }

  @Test
  void aNewReaderBeginsAtTheEnd() throws Exception {
    try (EventLog log = EventLog.open(folder, SMALL)) {
      append(log, "before");
      Cursor cursor = log.cursor("siem");
      assertThat(log.cursor("siem")).isSameAs(cursor);
      append(log, "after");
      assertThat(drain(cursor)).containsExactly("after");
      assertThat(texts(log.read(new Position(1, 1, 0)))).containsExactly("before");
      assertThat(log.read(log.end())).isNull();
      assertThat(log.cursors()).containsExactly("siem");
    }
    try (EventLog log = EventLog.open(folder, SMALL)) {
      assertThat(log.cursors()).containsExactly("siem");
    }
  }

  private static List<String> texts(LogBatch batch) {
    return new ArrayList<>(batch.lines(List.of(KEY)));
  }
}
