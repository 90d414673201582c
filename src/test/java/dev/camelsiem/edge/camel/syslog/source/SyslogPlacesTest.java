package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.testing.TestCertificates;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever only occupies a place keeps nobody out. */
@Tag("camel")
@Timeout(120)
class SyslogPlacesTest {
  @Test
  void whoGaveNoEventForLongestGivesWayAndItsHalfLineIsALetter() throws Exception {
    try (SyslogRig rig = SyslogRig.start("maxConnectionsPerAddress=2&batchTimeout=5");
        Socket honest = rig.connect()) {
      write(honest, "<13>before\n");
      await().until(() -> rig.texts().contains("<13>before"));
      Socket stranger = rig.connect();
      stranger.setSoTimeout(60_000);
      write(stranger, "<13>ha");
      await().until(() -> rig.receiver().unfinishedBytes() > 0);
      write(honest, "<13>alive\n");
      await().until(() -> rig.texts().contains("<13>alive"));
      long held = rig.receiver().unfinishedBytes();
      write(stranger, "lf"); // bytes are no event
      await().until(() -> rig.receiver().unfinishedBytes() > held);

      try (Socket third = comesIn(rig, rig::connect, "third")) {
        await().until(() -> rig.receiver().lostPlaces() > 0);
        assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        await().until(() -> !rig.deadLetters.isEmpty());
        write(honest, "<13>still there\n");
        await().until(() -> rig.texts().contains("<13>still there"));
        write(third, "<13>me too\n");
        await().until(() -> rig.texts().contains("<13>me too"));
      }
      assertThat(rig.receiver().lostPlaces()).isEqualTo(1);
      assertThat(rig.texts()).noneMatch(text -> text.startsWith("<13>ha"));
      assertThat(rig.deadLetters).hasSize(1);
      DeadLetter letter = rig.deadLetters.get(0);
      assertThat(letter.reason()).isEqualTo(StopReason.MALFORMED);
      assertThat(letter.detail()).contains("maxConnections").contains("no end");
      assertThat(letter.event().toString()).isEqualTo("<13>half");
      assertThat(letter.cut()).isNotNull();
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
    }
  }

  @Test
  void silentAddressesDoNotKeepOutAnother() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (SyslogRig rig = SyslogRig.start("maxConnections=6&maxConnectionsPerAddress=3")) {
      for (int i = 0; i < 6; i++) {
        silent.add(rig.connectFrom(2 + i % 2));
      }
      try (Socket honest = comesIn(rig, rig::connect, "honest")) {
        write(honest, "<13>again\n");
        await().until(() -> rig.texts().contains("<13>again"));
      }
      assertThat(rig.receiver().lostPlaces()).isPositive();
    } finally {
      close(silent);
    }
  }

  @Test
  void whoNeverBeginsTlsKeepsNobodyOut() throws Exception {
    TestCertificates certificates = TestCertificates.shared();
    String tls =
        "protocol=tls&maxConnectionsPerAddress=2&keyStore=%s&keyStorePassword=%s"
            .formatted(certificates.serverKeyStore(), TestCertificates.PASSWORD);
    List<Socket> silent = new ArrayList<>();
    try (SyslogRig rig = SyslogRig.start(tls)) {
      silent.add(rig.connect());
      silent.add(rig.connect());
      SocketFactory factory = certificates.clientWithoutKey().getSocketFactory();
      Connecting withTls = () -> factory.createSocket("localhost", rig.port);
      try (Socket honest = comesIn(rig, withTls, "honest")) {
        assertThat(honest.isClosed()).isFalse();
      }
      assertThat(rig.receiver().lostPlaces()).isPositive();
    } finally {
      close(silent);
    }
  }

  @Test
  void whoWaitsForTheRouteDoesNotGiveWay() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<Socket> strangers = new ArrayList<>();
    try (SyslogRig rig =
            SyslogRig.start("maxConnectionsPerAddress=2&batchSize=1", exchange -> gate.await());
        Socket one = rig.connect();
        Socket two = rig.connect()) {
      write(one, "<13>one\n".repeat(4));
      await().until(() -> rig.receiver().waitingBytes() == 3 * 7); // and one is under way
      write(two, "<13>two\n");
      await().until(() -> rig.receiver().waitingConnections() == 2);
      await() // somebody who came later is old enough to give way
          .until(
              () -> {
                strangers.add(rig.connectFrom(2));
                return rig.receiver().lostPlaces() > 0;
              });
      try (Socket three = rig.connect()) {
        three.setSoTimeout(60_000);
        assertThat(three.getInputStream().read()).isEqualTo(-1);
      }
      gate.countDown();
      write(one, "<13>more\n");
      write(two, "<13>more\n");
      await().until(() -> rig.events.size() == 7);
      assertThat(rig.texts()).containsOnly("<13>one", "<13>two", "<13>more");
    } finally {
      close(strangers);
    }
  }

  /** Or whoever connects again and again would fill the queue beyond all limits. */
  @Test
  void aConnectionThatEndsWhileTheRouteIsBusyKeepsItsPlaceUntilThereIsRoom() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (SyslogRig rig =
            SyslogRig.start("maxConnectionsPerAddress=5&batchSize=1", exchange -> gate.await());
        Socket first = rig.connect()) {
      write(first, "<13>first\n".repeat(10));
      await().until(() -> rig.receiver().waitingBytes() == 9 * 9); // and one is under way
      for (int i = 0; i < 100; i++) {
        sendIfTaken(rig, "<13>late " + i % 10 + "\n");
      }
      await().until(() -> rig.receiver().refusedConnections() == 96);
      assertThat(rig.receiver().waitingBytes()).isEqualTo(9 * 9);

      gate.countDown();
      await().until(() -> rig.events.size() == 10 + 4);
      try (Socket again = comesIn(rig, rig::connect, "again")) {
        assertThat(again.isClosed()).isFalse();
      }
    }
  }

  /** A connection that is refused may be closed while it is written to. */
  private static void sendIfTaken(SyslogRig rig, String text) {
    try {
      rig.send(text);
    } catch (IOException refused) {
      assertThat(refused).isNotNull();
    }
  }

  private interface Connecting {
    Socket connect() throws IOException;
  }

  /** Tries until a connection is taken and heard; places are given up after a second. */
  private static Socket comesIn(SyslogRig rig, Connecting connecting, String name) {
    List<Socket> taken = new ArrayList<>();
    await().until(() -> isHeard(rig, connecting, "<13>" + name, taken));
    return taken.get(0);
  }

  /** One attempt, to its end. */
  private static boolean isHeard(
      SyslogRig rig, Connecting connecting, String event, List<Socket> taken) throws IOException {
    long refused = rig.receiver().refusedConnections();
    try {
      Socket socket = connecting.connect();
      taken.add(socket);
      write(socket, event + "\n");
    } catch (IOException closed) {
      assertThat(closed).isNotNull(); // then it was counted, too
    }
    await()
        .until(() -> rig.texts().contains(event) || rig.receiver().refusedConnections() > refused);
    if (rig.texts().contains(event)) {
      return true;
    }
    close(taken);
    taken.clear();
    return false;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
