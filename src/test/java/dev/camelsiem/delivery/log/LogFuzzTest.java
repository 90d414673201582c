package dev.camelsiem.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.camelsiem.flow.event.EncodedBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes in the place of what a log wrote. Every build replays the inputs that were kept; {@code
 * JAZZER_FUZZ=1 mvn -Dquick -Dtest='LogFuzzTest#anyDamageOfASegment' test} looks for new ones.
 */
class LogFuzzTest {
  private static final LogSettings SETTINGS = Entries.uncached(1 << 20);
  private static final int RECORDS = 12;

  @TempDir static Path base;
  private static int number;

  /** A sound log, made once: its files, and where its records stand. */
  private static byte[] segment = new byte[0];

  private static byte[] head = new byte[0];
  private static byte[] cursor = new byte[0];
  private static final List<Position> PLACES = new ArrayList<>();

  private static synchronized void makeLog() throws IOException, InterruptedException {
    if (segment.length > 0) {
      return;
    }
    Path folder = base.resolve("sound");
    try (EventLog log = EventLog.open(folder, SETTINGS, Disk.REAL, false)) {
      log.cursor("siem").save();
      for (int i = 0; i < RECORDS; i++) {
        PLACES.add(log.end());
        Entries.append(log, "record " + i, "x".repeat(i * 7));
      }
      PLACES.add(log.end());
      cursor = Files.readAllBytes(folder.resolve("cursors/siem.cursor"));
    }
    head = Files.readAllBytes(folder.resolve("head"));
    segment = Files.readAllBytes(folder.resolve(Segment.nameOf(1)));
  }

  /** The input as a list of changes: where, which byte; the last two bytes cut the file. */
  @FuzzTest(maxDuration = "2m")
  void anyDamageOfASegment(byte[] input) throws Exception {
    makeLog();
    byte[] damaged = segment.clone();
    BitSet touched = new BitSet();
    ByteBuffer changes = ByteBuffer.wrap(input);
    while (changes.remaining() >= 5) { // 3 are used: what is left over cuts
      int at = (changes.getShort() & 0xffff) % damaged.length;
      damaged[at] = changes.get();
      touched.set(at);
    }
    int length = damaged.length;
    if (changes.remaining() >= 2) {
      length = (changes.getShort() & 0xffff) % (damaged.length + 1);
    }
    byte[] file = java.util.Arrays.copyOf(damaged, length);
    for (int at = 0; at < length; at++) {
      touched.set(at, damaged[at] != segment[at]);
    }
    Path folder = fresh(file);
    try (EventLog log = EventLog.open(folder, SETTINGS, Disk.REAL, false)) {
      List<Long> seen = new ArrayList<>();
      Cursor reader = log.cursor("siem");
      for (LogBatch each = reader.next(Duration.ZERO);
          each != null;
          each = reader.next(Duration.ZERO)) {
        int record = (int) (each.start().sequence() - 1) / 2;
        assertThat(Entries.texts(each)).containsExactly("record " + record, "x".repeat(record * 7));
        seen.add(each.start().sequence());
      }
      assertThat(seen).isSorted().doesNotHaveDuplicates();
      for (int i = 0; i < RECORDS; i++) {
        int from = (int) PLACES.get(i).offset();
        int to = (int) PLACES.get(i + 1).offset();
        int changed = touched.nextSetBit(from);
        if (to <= length && (changed < 0 || changed >= to)) {
          assertThat(seen).contains(PLACES.get(i).sequence());
        }
      }
      long lost = 2L * (RECORDS - seen.size());
      assertThat(log.status().damagedEvents()).isEqualTo(lost);
      assertThat(log.end().sequence()).isEqualTo(1 + 2 * RECORDS);
      Entries.append(log, "goes on");
      assertThat(Entries.drain(reader)).containsExactly("goes on");
    } finally {
      delete(folder);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void anyBytesAsASegment(byte[] input) throws Exception {
    makeLog();
    Path folder = fresh(input);
    try (EventLog log = EventLog.open(folder, SETTINGS, Disk.REAL, false)) {
      Entries.drain(log.cursor("siem"));
      Entries.append(log, "goes on");
      assertThat(Entries.drain(log.cursor("siem"))).containsExactly("goes on");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("newer camel-siem");
    } finally {
      delete(folder);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void anyBytesAsASection(byte[] input) {
    try {
      EncodedBatch lines = SectionCodec.decode(input, 0, input.length);
      byte[] packed = Compression.pack(SectionCodec.encode(lines));
      byte[] again = Compression.unpack(packed, 0, packed.length);
      EncodedBatch back = SectionCodec.decode(again, 0, again.length);
      assertThat(back).isEqualTo(lines);
      for (int i = 0; i < lines.size(); i++) {
        assertThat(back.id(i)).isEqualTo(lines.id(i));
      }
    } catch (DamagedException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "2m")
  void anyBytesAsAPackedSection(byte[] input) {
    try {
      byte[] plain = Compression.unpack(input, 0, input.length);
      byte[] packed = Compression.pack(plain);
      assertThat(Compression.unpack(packed, 0, packed.length)).isEqualTo(plain);
    } catch (DamagedException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  /** As the input is, or, when it begins with an even byte, with a sound checksum. */
  @FuzzTest(maxDuration = "2m")
  void anyBytesAsACursorFile(byte[] input) throws Exception {
    makeLog();
    byte[] bytes = input;
    if (input.length > 0 && input[0] % 2 == 0) {
      byte[] body = cursor.clone();
      ByteBuffer changes = ByteBuffer.wrap(input, 1, input.length - 1);
      while (changes.remaining() >= 2) {
        body[(changes.get() & 0xff) % (body.length - 4)] = changes.get();
      }
      int end = body.length - 4;
      ByteBuffer.wrap(body).putInt(end, RecordHeader.checksum(body, 0, end));
      bytes = body;
    }
    Path folder = fresh(segment);
    Files.write(folder.resolve("cursors/siem.cursor"), bytes);
    try (EventLog log = EventLog.open(folder, SETTINGS, Disk.REAL, false)) {
      for (String each : log.cursors()) {
        Cursor reader = log.cursor(each);
        Entries.drain(reader);
        assertThat(reader.committed().sequence()).isLessThanOrEqualTo(log.end().sequence());
        assertThat(reader.lagBytes()).isNotNegative();
        reader.closeGap();
        Entries.append(log, "goes on");
        assertThat(Entries.drain(reader)).containsExactly("goes on");
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("newer camel-siem");
    } finally {
      delete(folder);
    }
  }

  private static synchronized Path fresh(byte[] segmentBytes) throws IOException {
    Path folder = base.resolve("log" + number++);
    Files.createDirectories(folder.resolve("cursors"));
    Files.write(folder.resolve("head"), head);
    Files.write(folder.resolve("cursors/siem.cursor"), cursor);
    Files.write(folder.resolve(Segment.nameOf(1)), segmentBytes);
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
