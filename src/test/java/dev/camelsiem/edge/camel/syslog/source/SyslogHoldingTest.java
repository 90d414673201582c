package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is not complete, or waits, holds no more than the limits say, whoever sends it. */
@Tag("camel")
@Timeout(120)
class SyslogHoldingTest {
  private static final long LIMIT = 1 << 20;

  @Test
  void theLargestHalfSentEventsGiveWayAndTheSmallOnesGoOn() throws Exception {
    try (SyslogRig rig = SyslogRig.start("maxUnfinishedBytes=" + LIMIT);
        Socket honest = rig.connect()) {
      write(honest, "<13>half a l");
      List<Socket> greedy = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Socket socket = rig.connect();
        greedy.add(socket);
        writeWhatIsTaken(socket, "<13>greedy " + "x".repeat(200_000));
      }
      await().until(() -> rig.receiver().gaveWay() > 0 && !rig.deadLetters.isEmpty());
      assertThat(rig.receiver().mostUnfinishedBytes()).isBetween(LIMIT / 2, LIMIT * 2);
      write(honest, "ine\n");
      await().until(() -> rig.texts().contains("<13>half a line"));

      DeadLetter letter = rig.deadLetters.get(0);
      assertThat(letter.reason()).isEqualTo(StopReason.TOO_LARGE);
      assertThat(letter.detail()).contains("maxUnfinishedBytes").contains("no end");
      assertThat(letter.event().toString()).startsWith("<13>greedy xxx");
      assertThat(letter.event().length()).isLessThanOrEqualTo(8192);
      assertThat(letter.cut()).isNotNull();
      for (Socket socket : greedy) {
        socket.close();
      }
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
    }
  }

  @Test
  void anIdleConnectionHoldsNothing() throws Exception {
    try (SyslogRig rig = SyslogRig.start("")) {
      byte[] lines = "<13>one\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
      try (Socket socket = rig.connect()) {
        socket.getOutputStream().write(lines);
        await().until(() -> rig.events.size() == 20_000);
        assertThat(rig.receiver().unfinishedBytes()).isZero();
        write(socket, "<13>tail");
        await().until(() -> rig.receiver().unfinishedBytes() > 0);
        assertThat(rig.receiver().unfinishedBytes()).isLessThan(64);
      }
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
    }
  }

  /** A read of 64 KiB may hold 32,768 lines: as events they would be fifty times their bytes. */
  @Test
  void tinyLinesWaitAsBytesAndArriveInOrder() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    int connections = 20;
    int lines = 26 * 2_000;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append((char) ('a' + i % 26)).append('\n');
    }
    try (SyslogRig rig = SyslogRig.start("", exchange -> gate.await())) {
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        senders.add(new Thread(() -> sendAll(rig, text.toString())));
        senders.get(i).start();
      }
      await().until(() -> rig.receiver().waitingBytes() >= 500);
      await().during(java.time.Duration.ofMillis(300)).until(() -> true);
      assertThat(rig.receiver().heldBytes()).isLessThan(4_000_000);
      assertThat(rig.receiver().waitingBytes()).isLessThan(50_000);
      gate.countDown();
      for (Thread sender : senders) {
        sender.join();
      }
      await().until(() -> rig.events.size() == connections * lines);
      for (int i = 0; i < connections; i++) {
        assertThat(rig.events.get(i * lines).length()).isEqualTo(1);
      }
      rig.events.stream()
          .collect(java.util.stream.Collectors.groupingBy(event -> event.origin()))
          .values()
          .forEach(
              each -> {
                StringBuilder came = new StringBuilder();
                each.forEach(event -> came.append(event).append('\n'));
                assertThat(came.toString()).isEqualTo(text.toString());
              });
    }
  }

  @Test
  void halfATlsRecordIsInTheBudget() throws Exception {
    TestCertificates certificates = TestCertificates.shared();
    String options =
        "protocol=tls&maxUnfinishedBytes=%d&keyStore=%s&keyStorePassword=%s"
            .formatted(LIMIT, certificates.serverKeyStore(), TestCertificates.PASSWORD);
    byte[] record = new byte[16_000];
    System.arraycopy(new byte[] {22, 3, 1, 64, 0, 1, 0, 63, (byte) 252}, 0, record, 0, 9);
    try (SyslogRig rig = SyslogRig.start(options)) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        open.add(rig.connect());
        open.get(i).getOutputStream().write(record);
      }
      await().until(() -> rig.receiver().gaveWay() > 0);
      assertThat(rig.receiver().mostUnfinishedBytes()).isLessThan(2 * LIMIT);
      for (Socket socket : open) {
        socket.close();
      }
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
    }
  }

  @Test
  void garbageOfOneAddressIsOneLetter() throws Exception {
    int connections = 200;
    try (SyslogRig rig =
        SyslogRig.start(
            "framing=octet-counting&batchTimeout=1000&maxConnectionsPerAddress=" + connections)) {
      for (int i = 0; i < connections; i++) {
        rig.send("garbage " + i);
      }
      await()
          .until(() -> rig.deadLetters.stream().mapToInt(DeadLetter::count).sum() == connections);
      assertThat(rig.deadLetters).hasSizeLessThan(connections / 5);
      assertThat(rig.deadLetters)
          .allSatisfy(letter -> assertThat(letter.event().length()).isLessThanOrEqualTo(8192));
      List<String> shown = new ArrayList<>();
      rig.deadLetters.forEach(
          letter -> shown.addAll(Arrays.asList(letter.event().toString().split("\n", -1))));
      assertThat(shown).contains("garbage 0", "garbage 100", "garbage 199");
    }
  }

  /** As much as one letter keeps is whole; beyond that it says what is missing. */
  @Test
  void aLetterOfSeveralSaysWhenItHasNotAllOfTheirBytes() throws Exception {
    String eachOne = "x".repeat(3000);
    try (SyslogRig rig = SyslogRig.start("maxFrameBytes=1000&batchTimeout=1000")) {
      rig.send((eachOne + "\n").repeat(2));
      await().until(() -> rig.deadLetters.size() == 1);
      assertThat(rig.deadLetters.get(0).count()).isEqualTo(2);
      assertThat(rig.deadLetters.get(0).cut()).isNull();
      rig.send((eachOne + "\n").repeat(4));
      await().until(() -> rig.deadLetters.size() == 2);
      assertThat(rig.deadLetters.get(1).count()).isEqualTo(4);
      assertThat(rig.deadLetters.get(1).cut()).isEqualTo(new DeadLetter.Cut(12_003, null));
      rig.send(("y".repeat(10_000) + "\n").repeat(3));
      await().until(() -> rig.deadLetters.size() == 3);
      assertThat(rig.deadLetters.get(2).cut()).isEqualTo(new DeadLetter.Cut(30_002, null));
    }
  }

  private static void sendAll(SyslogRig rig, String text) {
    try {
      rig.send(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** It may be closed while it writes: that is what this is about. */
  private static void writeWhatIsTaken(Socket socket, String text) {
    try {
      write(socket, text);
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }
}
