package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.camelsiem.flow.event.StopReason;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("camel")
@Timeout(60)
class SyslogUdpTest {
  @Test
  void eachDatagramIsAnEventWithOrWithoutLineEnd() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=udp")) {
      rig.datagram(bytes("<13>one"));
      await().until(() -> rig.events.size() == 1);
      rig.datagram(bytes("<13>two\n"));
      await().until(() -> rig.events.size() == 2);

      assertThat(rig.texts()).containsExactly("<13>one", "<13>two");
      assertThat(rig.events.get(0).origin()).startsWith("udp://127.0.0.1:");
      assertThat(rig.headers).allSatisfy(headers -> assertThat(headers).isEmpty());
    }
  }

  @Test
  void twoLinesOfADatagramAreTwoEvents() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=udp")) {
      rig.datagram(bytes("<13>one\n<13>two\r\n<13>three"));
      await().until(() -> rig.events.size() == 3);

      assertThat(rig.texts()).containsExactly("<13>one", "<13>two", "<13>three");
    }
  }

  @Test
  void aNumberBeforeTheEventIsNoLength() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=udp")) {
      rig.datagram(bytes("7 <13>one"));
      await().until(() -> rig.events.size() == 1);

      assertThat(rig.texts()).containsExactly("7 <13>one");
    }
  }

  @Test
  void aDatagramOf60000BytesArrivesWhole() throws Exception {
    String event = "<13>" + "ж".repeat(29_998);
    try (SyslogRig rig = SyslogRig.start("protocol=udp")) {
      rig.datagram(bytes(event));
      await().until(() -> rig.events.size() == 1);

      assertThat(rig.texts()).containsExactly(event);
    }
  }

  @Test
  void aDatagramOverTheLimitIsADeadLetter() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=udp&maxFrameBytes=100")) {
      rig.datagram(bytes("x".repeat(101)));
      rig.datagram(bytes("<13>next"));
      await().until(() -> rig.events.size() == 1 && rig.deadLetters.size() == 1);

      assertThat(rig.deadLetters.get(0).reason()).isEqualTo(StopReason.TOO_LARGE);
      assertThat(rig.texts()).containsExactly("<13>next");
    }
  }

  @Test
  void bytesStayAsTheyCame() throws Exception {
    byte[] event = {'<', '1', '3', '>', 0, (byte) 0xC3, (byte) 0x28, (byte) 0xFF, 'x'};
    try (SyslogRig rig = SyslogRig.start("protocol=udp")) {
      rig.datagram(event);
      await().until(() -> rig.events.size() == 1);

      assertThat(rig.events.get(0).toBytes()).isEqualTo(event);
    }
  }

  @Test
  void datagramsComeInBatches() throws Exception {
    int count = 5000;
    try (SyslogRig rig = SyslogRig.start("protocol=udp");
        DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < count; i++) {
        send(rig, socket, "<13>event " + i);
      }
      await().until(() -> rig.events.size() + rig.receiver().kernelDrops() >= count);

      assertThat(new HashSet<>(rig.texts())).hasSize(rig.events.size());
      assertThat(rig.batchSizes.size()).isLessThan(count / 10);
    }
  }

  @Test
  void whatTheKernelDropsIsCounted() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/udp")), "only Linux tells what it dropped");
    int count = 20_000;
    CountDownLatch gate = new CountDownLatch(1);
    try (SyslogRig rig =
            SyslogRig.start(
                "protocol=udp&receiveBuffer=16384&batchSize=10", exchange -> gate.await());
        DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < count; i++) {
        send(rig, socket, "<13>event " + i);
      }
      gate.countDown();
      // a busy machine may lose some before they reach the socket, and nobody counts those
      await()
          .untilAsserted(
              () ->
                  assertThat(rig.receiver().kernelDrops() + rig.events.size())
                      .isBetween(count * 95L / 100, (long) count));

      assertThat(rig.receiver().kernelDrops()).isPositive();
      assertThat(rig.events.size()).isLessThan(count);
    }
  }

  /** The kernel begins at nothing with each socket. */
  @Test
  void whatTheKernelDroppedIsNotForgottenWhenTheListenerIsOpenedAgain() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/udp")), "only Linux tells what it dropped");
    CountDownLatch gate = new CountDownLatch(1);
    try (SyslogRig rig =
            SyslogRig.start(
                "protocol=udp&receiveBuffer=16384&batchSize=10", exchange -> gate.await());
        DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < 20_000; i++) {
        send(rig, socket, "<13>event " + i);
      }
      await().until(() -> rig.receiver().kernelDrops() > 0);
      long before = rig.receiver().kernelDrops();
      gate.countDown();
      rig.receiver().listeningChannel().close().sync();
      assertThat(rig.receiver().kernelDrops()).isGreaterThanOrEqualTo(before);

      await()
          .until(
              () -> {
                rig.datagram(bytes("<13>again"));
                return rig.texts().contains("<13>again");
              });
      assertThat(rig.receiver().kernelDrops()).isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void dropsAreReadFromTheKernelsTable() {
    String row =
        "  118: 0100007F:05EA 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
            + "        0 123456 2 0000000000000000 4711";
    assertThat(KernelDrops.drops(row, 1514)).isEqualTo(4711);
    assertThat(KernelDrops.drops(row, 514)).isEqualTo(-1);
    List<String> others =
        List.of(
            "",
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
                + "  timeout inode ref pointer drops",
            "  118: 0100007F:05EA 00000000:0000");
    assertThat(others)
        .allSatisfy(other -> assertThat(KernelDrops.drops(other, 1514)).isEqualTo(-1));
  }

  private static void send(SyslogRig rig, DatagramSocket socket, String text) throws Exception {
    byte[] bytes = bytes(text);
    socket.send(
        new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), rig.port));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
