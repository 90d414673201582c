package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a line. */
class TailerLinesTest {
  @TempDir Path folder;
  private TailRig rig;

  @BeforeEach
  void rig() {
    rig = new TailRig(folder);
  }

  @AfterEach
  void stop() throws Exception {
    rig.stop();
  }

  @Test
  void aPartialLineWaitsForItsEnd() throws Exception {
    rig.write("a.log", "whole\nhal");
    rig.start();
    rig.awaitLines("whole");
    rig.awaitScan();
    assertThat(rig.lines()).containsExactly("whole");

    rig.write("a.log", "f\r\nnext\n");
    rig.awaitLines("whole", "half", "next");
  }

  @Test
  void anUnfinishedLastLineIsTakenOnceWhenNothingFollows() throws Exception {
    rig.with(options -> options.setIdleFlush(50)).write("a.log", "whole\nlast");
    rig.start();
    rig.awaitLines("whole", "last");

    rig.write("a.log", "\r\nnext\n");
    rig.awaitLines("whole", "last", "next");
  }

  @Test
  void bytesPassAsTheyAre() throws Exception {
    byte[] lines =
        bytes("\ufeffbom\r\n\r\n  \nü\u2028|\nnul\0\r\nx\r\ry\n", new byte[] {(byte) 0xff, '\n'});
    Files.write(folder.resolve("a.log"), lines);
    rig.start();

    rig.awaitCount(5);
    assertThat(rig.lines()).containsExactly("bom", "ü\u2028|", "nul\0", "x\r\ry", "\ufffd");
    assertThat(rig.events.get(4).toBytes()).containsExactly(0xff);
    assertThat(rig.events.get(0).position()).isEqualTo(3);
    for (RawEvent event : rig.events) {
      byte[] there = event.toBytes();
      assertThat(lines).containsSubsequence(there);
      for (int i = 0; i < there.length; i++) {
        assertThat(lines[(int) event.position() + i]).isEqualTo(there[i]);
      }
    }
  }

  @Test
  void linesOfEverySizeAroundTheLimitsOfAStretch() throws Exception {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (int length = 1; length <= 3000; length += 7) {
      text.append("x".repeat(length)).append(length % 2 == 0 ? "\r\n" : "\n");
      count++;
    }
    rig.with(options -> options.setMaxEventBytes(3000)).write("a.log", text.toString());
    rig.start();

    rig.awaitCount(count);
    assertThat(rig.letters).isEmpty();
    for (int i = 0; i < count; i++) {
      assertThat(rig.events.get(i).length()).isEqualTo(1 + 7 * i);
    }
  }

  @Test
  void theLimitIsExact() throws Exception {
    rig.with(options -> options.setMaxEventBytes(10))
        .write("a.log", "0123456789\r\n0123456789A\nnext\n");
    rig.start();

    rig.awaitLines("0123456789", "next");
    assertThat(rig.letters).hasSize(1);
    assertThat(rig.letters.get(0).reason()).isEqualTo(StopReason.TOO_LARGE);
    assertThat(rig.letters.get(0).event().toString()).isEqualTo("0123456789A");
    assertThat(rig.letters.get(0).cut()).isNull(); // all of it was kept
    assertThat(rig.letters.get(0).event().position()).isEqualTo(12);
  }

  @Test
  void aHugeLineCostsNoMemory() throws Exception {
    Path file = folder.resolve("a.log");
    byte[] megabyte = "y".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    rig.write("a.log", "before\n");
    try (var out = Files.newOutputStream(file, java.nio.file.StandardOpenOption.APPEND)) {
      for (int i = 0; i < 50; i++) {
        out.write(megabyte);
      }
      out.write("\nafter\n".getBytes(StandardCharsets.UTF_8));
    }
    rig.start();
    rig.awaitLines("before", "after");

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(threads.getThreadAllocatedBytes(rig.threadId())).isBetween(1L, 16L << 20);
    assertThat(rig.letters).hasSize(1);
    assertThat(rig.letters.get(0).detail()).startsWith("line of 52428800 bytes");
    assertThat(rig.letters.get(0).event().length()).isEqualTo(OversizeLine.HEAD_BYTES);
    assertThat(rig.events.get(1).position()).isEqualTo(7 + (50L << 20) + 1);
  }

  /** Whether it fits into one stretch or not, its letter says what it was. */
  @ParameterizedTest
  @CsvSource({"11, LF", "11, CRLF", "200000, LF", "200000, CRLF", "700001, CRLF", "700001, LF"})
  void theLetterOfALongLineHasItsLengthAndHash(int length, String end) throws Exception {
    byte[] line = new byte[length];
    for (int i = 0; i < length; i++) {
      line[i] = (byte) (i % 7 == 0 ? '\r' : 'a' + i % 26);
    }
    line[length - 1] = 'z';
    String text = new String(line, StandardCharsets.UTF_8);
    rig.with(options -> options.setMaxEventBytes(10));
    rig.write("a.log", "before\n" + text + (end.equals("LF") ? "\n" : "\r\n") + "after\n");
    rig.start();
    rig.awaitLines("before", "after");
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
    assertThat(rig.letters).hasSize(1);
    assertThat(rig.letters.get(0).detail())
        .contains("line of " + length + " bytes")
        .contains("SHA-256 of all " + hash);
    assertThat(rig.letters.get(0).cut()) // else a replay would take the beginning for the whole
        .isEqualTo(length > OversizeLine.HEAD_BYTES ? new DeadLetter.Cut(length, hash) : null);
  }

  @Test
  void aHugeLineWithoutEndIsReportedOnceAndPassedOver() throws Exception {
    rig.with(
        options -> {
          options.setMaxEventBytes(100);
          options.setIdleFlush(50);
        });
    rig.write("a.log", "z".repeat(1000));
    rig.start();
    await().until(() -> rig.letters.size() == 1);

    rig.write("a.log", "z".repeat(1000) + "\nnext\n");
    rig.awaitLines("next");
    assertThat(rig.letters).hasSize(1);
  }

  @Test
  void batchesKeepToTheirLimits() throws Exception {
    rig.with(
        options -> {
          options.setBatchSize(3);
          options.setBatchBytes(10);
        });
    rig.write("a.log", "1\n2\n3\n4\n123456\n123456\n12345678901234\n5\n");
    java.util.List<Integer> sizes = new java.util.ArrayList<>();
    Tailer tailer =
        new Tailer(
            rig.configuration,
            batch -> {
              synchronized (sizes) {
                sizes.add(batch.events().size());
              }
            });
    Thread thread = new Thread(tailer);
    thread.start();

    await().untilAsserted(() -> assertThat(sizes).containsExactly(3, 2, 1, 1, 1));
    tailer.stop();
    thread.join();
  }

  /** Else it would be asked for room again and again until it has waited long enough. */
  @Test
  void aBatchThatHasNoRoomForTheNextLineIsFull() throws Exception {
    TailSteps steps = new TailSteps(folder, "*.log");
    steps.write("a.log", "123456\n123456\n");
    steps.look();
    Batch batch = new Batch(10, 10);
    steps.readInto(batch);
    steps.close();
    assertThat(batch.events()).hasSize(1);
    assertThat(batch.isFull()).isTrue();
  }

  private static byte[] bytes(String text, byte[] more) {
    byte[] head = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(head, head.length + more.length);
    System.arraycopy(more, 0, all, head.length, more.length);
    return all;
  }
}
