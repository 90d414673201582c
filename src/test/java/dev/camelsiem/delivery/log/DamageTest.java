package dev.camelsiem.delivery.log;

import static dev.camelsiem.delivery.log.Entries.KEY;
import static dev.camelsiem.delivery.log.Entries.append;
import static dev.camelsiem.delivery.log.Entries.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.testing.Noise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of 60 records with two events each, in several segments, is damaged in every way. */
class DamageTest {
  private static final LogSettings SETTINGS = Entries.uncached(2048);

  @TempDir Path folder;
  private final List<String> all = new ArrayList<>();

  /** Where each record stands, by its number from 0. */
  private final List<Position> places = new ArrayList<>();

  @BeforeEach
  void fill() throws Exception {
    try (EventLog log = open()) {
      Cursor cursor = log.cursor("siem");
      for (int i = 0; i < 60; i++) {
        String first = "line " + i + " " + Noise.text(2L * i, 51);
        String second = "line " + i + " " + Noise.text(2L * i + 1, 51);
        append(log, first, second);
        all.add(first);
        all.add(second);
      }
      for (LogBatch each = cursor.next(Duration.ZERO);
          each != null;
          each = cursor.next(Duration.ZERO)) {
        places.add(each.start());
      }
    }
    assertThat(segments().size()).isGreaterThan(5);
  }

  @Test
  void aBrokenByteInLinesCostsItsRecordOnly() throws Exception {
    Position broken = places.get(10);
    flip(broken, 150);
    expectLost(10, 11);
    assertThat(quarantined()).isNotEmpty();
  }

  @Test
  void aBrokenByteInARecordsHeaderCostsItsRecordOnly() throws Exception {
    flip(places.get(10), 3);
    flip(places.get(11), 20);
    flip(places.get(30), 9);
    expectLost(10, 12, 30, 31);
  }

  @Test
  void aBrokenSegmentHeaderCostsNothing() throws Exception {
    flip(new Position(1, places.get(20).segment(), 0), 20);
    expectLost();
  }

  @Test
  void anErasedPageCostsWhatStoodThere() throws Exception {
    Position from = places.get(13);
    try (FileChannel file = FileChannel.open(file(from), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(300), from.offset() + 10);
    }
    int last = 13;
    while (places.get(last + 1).segment() == from.segment()
        && places.get(last + 1).offset() < from.offset() + 310) {
      last++;
    }
    expectLost(13, last + 1);
  }

  @Test
  void aRemovedSegmentInTheMiddleIsCounted() throws Exception {
    Path removed = segments().get(2);
    int[] range = records(removed);
    Files.delete(removed);
    try (EventLog log = open()) { // noticed before anybody reads
      assertThat(log.status().damagedEvents()).isEqualTo(2L * (range[1] - range[0]));
    }
    expectLost(range);
  }

  @Test
  void twoRemovedSegmentsAreCounted() throws Exception {
    int[] first = records(segments().get(2));
    int[] second = records(segments().get(3));
    Path one = segments().get(2);
    Path two = segments().get(3);
    Files.delete(one);
    Files.delete(two);
    expectLost(first[0], second[1]);
  }

  @Test
  void theFirstSegmentIsMissed() throws Exception {
    int[] range = records(segments().get(0));
    Files.delete(segments().get(0));
    try (EventLog log = open()) {
      assertThat(log.status().damagedEvents()).isEqualTo(2L * range[1]);
    }
    expectLost(range);
  }

  @Test
  void theLastSegmentIsMissedAndItsNumbersAreNotGivenAgain() throws Exception {
    Path last = segments().get(segments().size() - 1);
    int[] range = records(last);
    Files.delete(last);
    expectLost(range);
    try (EventLog log = open()) {
      append(log, "new");
      assertThat(log.end().sequence()).isEqualTo(122);
      List<String> read = drain(log.cursor("siem"));
      assertThat(read.get(read.size() - 1)).isEqualTo("new");
    }
  }

  @Test
  void allSegmentsAreMissed() throws Exception {
    for (Path each : segments()) {
      Files.delete(each);
    }
    expectLost(0, 60);
  }

  @Test
  void anEmptiedSegmentIsCounted() throws Exception {
    Path emptied = segments().get(3);
    int[] range = records(emptied);
    cut(emptied, 0);
    try (EventLog log = open()) {
      assertThat(log.status().damagedEvents()).isEqualTo(2L * (range[1] - range[0]));
    }
    expectLost(range);
  }

  @Test
  void aSegmentCutBetweenRecordsIsCounted() throws Exception {
    Path file = segments().get(1);
    int[] range = records(file);
    cut(file, places.get(range[0] + 2).offset());
    try (EventLog log = open()) {
      assertThat(log.status().damagedEvents()).isEqualTo(2L * (range[1] - range[0] - 2));
    }
    expectLost(range[0] + 2, range[1]);
  }

  @Test
  void aSegmentCutInsideARecordIsCounted() throws Exception {
    Path file = segments().get(1);
    int[] range = records(file);
    cut(file, places.get(range[0] + 2).offset() + 77);
    expectLost(range[0] + 2, range[1]);
  }

  @Test
  void aCutLastSegmentIsCounted() throws Exception {
    Path file = segments().get(segments().size() - 1);
    int[] range = records(file);
    cut(file, places.get(range[1] - 1).offset() + 5);
    expectLost(range[1] - 1, range[1]);
  }

  @Test
  void anEmptiedLastSegmentIsCounted() throws Exception {
    Path file = segments().get(segments().size() - 1);
    int[] range = records(file);
    cut(file, 0);
    expectLost(range);
  }

  @Test
  void bytesBehindTheLastRecordAreKeptAndCutOff() throws Exception {
    Path file = segments().get(segments().size() - 1);
    long good = Files.size(file);
    Files.write(file, new byte[5000], StandardOpenOption.APPEND);
    Files.write(
        file,
        "half an append".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);
    try (EventLog log = open()) {
      assertThat(log.status().damagedEvents()).isZero();
      assertThat(log.status().damagedBytes()).isEqualTo(5014);
      assertThat(Files.size(file)).isEqualTo(good);
      assertThat(quarantined()).hasSize(1);
      assertThat(Files.readString(quarantined().get(0))).endsWith("half an append");
      append(log, "next");
      List<String> wanted = new ArrayList<>(all);
      wanted.add("next");
      assertThat(drain(log.cursor("siem"))).isEqualTo(wanted);
    }
  }

  @Test
  void zerosBehindTheLastRecordAreNothing() throws Exception {
    Files.write(segments().get(segments().size() - 1), new byte[5000], StandardOpenOption.APPEND);
    expectLost();
    assertThat(quarantined()).isEmpty();
  }

  @Test
  void aHoleWithoutABrokenByteIsCounted() throws Exception {
    Position from = places.get(10);
    Position to = places.get(11);
    assertThat(to.segment()).isEqualTo(from.segment());
    byte[] bytes = Files.readAllBytes(file(from));
    byte[] less = new byte[bytes.length - (int) (to.offset() - from.offset())];
    System.arraycopy(bytes, 0, less, 0, (int) from.offset());
    System.arraycopy(
        bytes, (int) to.offset(), less, (int) from.offset(), bytes.length - (int) to.offset());
    Files.write(file(from), less);
    expectLost(10, 11);
  }

  @Test
  void oddNamesAndFoldersAreLeftAlone() throws Exception {
    Files.createDirectory(folder.resolve(Segment.nameOf(50_000)));
    Files.createDirectory(folder.resolve(Segment.nameOf(121))); // in the way of the next segment
    Files.createDirectory(folder.resolve("cursors/odd.cursor"));
    Files.writeString(folder.resolve("notes.log"), "mine");
    Files.createSymbolicLink(folder.resolve(Segment.nameOf(70_000)), folder.resolve("notes.log"));
    Files.writeString(folder.resolve("99999999999999999999.log"), "too high");
    expectLost();
    try (EventLog log = open()) {
      append(log, "next");
    }
    assertThat(Files.isDirectory(folder.resolve("quarantine/" + Segment.nameOf(121)))).isTrue();
  }

  @Test
  void aSegmentOfAnotherLogIsNotTaken() throws Exception {
    try (EventLog log = EventLog.open(folder.resolve("other"), SETTINGS)) {
      append(log, "foreign");
    }
    Path mine = segments().get(2);
    int[] range = records(mine);
    Files.delete(mine);
    Files.move(folder.resolve("other").resolve(Segment.nameOf(1)), mine);
    expectLost(range);
  }

  @Test
  void aNewerFormatIsRefused() throws Exception {
    Path file = segments().get(2);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.putInt(8, 99).putInt(60, RecordHeader.checksum(bytes, 0, 60));
    Files.write(file, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("newer camel-siem");
  }

  @Test
  void oneBrokenEncodingLeavesTheOther() throws Exception {
    try (EventLog log = open()) {
      Cursor other = log.cursor("other");
      log.append(
          List.of(
              new LogEntry(1, Map.of(KEY, Entries.lines("mine"), 8L, Entries.lines("theirs")))));
      LogBatch batch = other.next(Duration.ZERO);
      byte[] bytes = Files.readAllBytes(file(batch.start()));
      int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("mine");
      flip(new Position(1, batch.start().segment(), 0), at);
      other.rewind();
      LogBatch again = other.next(Duration.ZERO);
      assertThat(again.lines(List.of(KEY))).isNull();
      assertThat(again.lines(List.of(KEY, 8L))).containsExactly("theirs");
      other.rewind();
      assertThat(other.next(Duration.ZERO)).isNotNull();
      assertThat(log.status().damagedEvents()).isEqualTo(1);
    }
  }

  @Test
  void aDamagedCursorBeginsAtTheBeginning() throws Exception {
    Path file = folder.resolve("cursors/siem.cursor");
    try (EventLog log = open()) {
      Entries.consume(log.cursor("siem"));
      log.cursor("other"); // keeps nothing
    }
    byte[] good = Files.readAllBytes(file);
    long first = Segment.firstOf(segments().get(0));
    for (byte[] bad : List.of(new byte[0], new byte[100], java.util.Arrays.copyOf(good, 40))) {
      Files.write(file, bad);
      try (EventLog log = open()) {
        assertThat(log.cursor("siem").committed().sequence()).isEqualTo(first);
      }
    }
    Files.write(file, good);
    try (EventLog log = open()) {
      assertThat(log.cursor("siem").committed().sequence()).isEqualTo(121);
    }
  }

  @Test
  void aPlaceThatCannotBeReadLeavesTheCursorWhereItIs() throws Exception {
    try (EventLog log = open()) {
      Entries.consume(log.cursor("siem"));
    }
    Files.delete(folder.resolve("cursors/siem.place"));
    Files.createDirectory(folder.resolve("cursors/siem.place"));
    try (EventLog log = open()) {
      assertThat(log.cursor("siem").committed().sequence()).isEqualTo(121);
    }
  }

  @Test
  void aFolderInACursorsPlaceIsMovedAsideAndTheCursorBeginsAtTheBeginning() throws Exception {
    replaceCursorByFolder();
    try (EventLog log = open()) {
      assertThat(Entries.consume(log.cursor("siem"))).isEqualTo(all);
    }
    assertThat(folder.resolve("quarantine/siem.cursor/mine")).exists();
    try (EventLog log = open()) {
      assertThat(drain(log.cursor("siem"))).isEmpty();
    }
  }

  @Test
  void aFolderInACursorsPlaceDoesNotTellTheLogItBelongsTo() throws Exception {
    try (EventLog log = open()) {
      log.cursor("zulu"); // tells it
    }
    replaceCursorByFolder();
    Files.delete(folder.resolve("head"));
    for (Path each : segments()) {
      Files.delete(each);
    }
    try (EventLog log = open()) {
      assertThat(log.end().sequence()).isEqualTo(121);
      append(log, "new");
      assertThat(drain(log.cursor("zulu"))).containsExactly("new");
    }
  }

  private void replaceCursorByFolder() throws IOException {
    Path file = folder.resolve("cursors/siem.cursor");
    Files.delete(file);
    Files.createDirectory(file);
    Files.writeString(file.resolve("mine"), "not a cursor");
  }

  @Test
  void aNewerCursorIsRefused() throws Exception {
    Path file = folder.resolve("cursors/siem.cursor");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer content = ByteBuffer.wrap(bytes);
    content.putLong(8, 99);
    content.putInt(bytes.length - 4, RecordHeader.checksum(bytes, 0, bytes.length - 4));
    Files.write(file, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("newer camel-siem");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void aCursorBehindTheEndStaysAndItsNumbersAreNotGivenAgain() throws Exception {
    try (EventLog log = open()) {
      log.cursor("lag");
      append(log, "last");
      Entries.consume(log.cursor("siem"));
    }
    Files.delete(folder.resolve("head"));
    for (Path each : segments()) {
      Files.delete(each);
    }
    try (EventLog log = open()) {
      assertThat(log.end().sequence()).isEqualTo(122);
      assertThat(log.status().damagedEvents()).isEqualTo(1); // lag wanted it
      append(log, "new");
      assertThat(drain(log.cursor("siem"))).containsExactly("new");
      assertThat(drain(log.cursor("lag"))).containsExactly("new");
      assertThat(log.cursor("lag").damagedEvents()).isEqualTo(1);
    }
  }

  private EventLog open() throws IOException {
    return EventLog.open(folder, SETTINGS, Disk.REAL, false);
  }

  /** All but some ranges of records is read, and what is lost is counted exactly. */
  private void expectLost(int... ranges) throws Exception {
    List<String> wanted = new ArrayList<>();
    long lost = 0;
    for (int i = 0; i < all.size(); i++) {
      boolean gone = false;
      for (int j = 0; j < ranges.length; j += 2) {
        gone |= i / 2 >= ranges[j] && i / 2 < ranges[j + 1];
      }
      lost += gone ? 1 : 0;
      if (!gone) {
        wanted.add(all.get(i));
      }
    }
    try (EventLog log = open()) {
      Cursor cursor = log.cursor("siem");
      assertThat(drain(cursor)).isEqualTo(wanted);
      cursor.rewind();
      assertThat(drain(cursor)).isEqualTo(wanted);
      assertThat(cursor.damagedEvents()).isEqualTo(lost);
      assertThat(log.status().damagedEvents()).isEqualTo(lost);
      assertThat(log.end().sequence()).isEqualTo(121);
    }
  }

  private List<Path> quarantined() throws IOException {
    Path quarantine = folder.resolve("quarantine");
    if (!Files.exists(quarantine)) {
      return List.of();
    }
    try (var files = Files.list(quarantine)) {
      return files.toList();
    }
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(f -> Segment.firstOf(f) > 0 && Segment.firstOf(f) < 50_000)
          .sorted()
          .toList();
    }
  }

  private int[] records(Path segment) {
    int from = 0;
    while (places.get(from).segment() != Segment.firstOf(segment)) {
      from++;
    }
    int to = from;
    while (to < places.size() && places.get(to).segment() == Segment.firstOf(segment)) {
      to++;
    }
    return new int[] {from, to};
  }

  private Path file(Position place) {
    return folder.resolve(Segment.nameOf(place.segment()));
  }

  private void flip(Position place, int distance) throws IOException {
    byte[] bytes = Files.readAllBytes(file(place));
    bytes[(int) place.offset() + distance] ^= 0x10;
    Files.write(file(place), bytes);
  }

  private static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }
}
