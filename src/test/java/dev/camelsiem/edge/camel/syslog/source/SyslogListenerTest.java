package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.supervise.Supervision;
import dev.camelsiem.testing.TestCertificates;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener that dies is opened again: it never looks open and hears nothing. */
@Tag("camel")
@Timeout(120)
class SyslogListenerTest {
  private static final String WORKER = "NettyServerTCPWorker";
  private static final String ACCEPTOR = "NettyServerTCPBoss";

  private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
  private final long deathsBefore = Supervision.failures(SyslogSockets.NAME);

  @Test
  void aThreadThatEndsWithAnErrorIsNotTheEndOfTheListener() throws Exception {
    for (String victim : List.of(WORKER, ACCEPTOR)) {
      before.addAll(Thread.getAllStackTraces().keySet());
      try (SyslogRig rig = SyslogRig.start("maxConnections=12&maxConnectionsPerAddress=12")) {
        List<Socket> open = connections(rig, 12);
        await().until(() -> rig.events.size() == 12);

        kill(victim);

        awaitHeard(rig);
        for (Socket socket : open) {
          socket.close();
        }
        assertThat(Supervision.failures(SyslogSockets.NAME)).isGreaterThan(deathsBefore);
      }
    }
  }

  @Test
  void aSocketThatIsClosedUnderItIsOpenedAgain() throws Exception {
    try (SyslogRig rig = SyslogRig.start("")) {
      rig.send("<13>one\n");
      await().until(() -> rig.events.size() == 1);

      rig.receiver().listeningChannel().close().sync();

      awaitHeard(rig);
      rig.receiver().listeningChannel().close().sync();
      awaitHeard(rig);
      assertThat(Supervision.failures(SyslogSockets.NAME)).isEqualTo(deathsBefore + 2);
    }
  }

  /** What had come before its thread died arrives once and in order, also what waited uncut. */
  @Test
  void whatWaitedForTheRouteOutlivesItsThread() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicBoolean shut = new AtomicBoolean();
    String lines = "a\nb\nc\nd\ne\n".repeat(6_000);
    try (SyslogRig rig =
        SyslogRig.start(
            "",
            exchange -> {
              if (shut.get()) {
                gate.await();
              }
            })) {
      List<Socket> open = connections(rig, 8);
      for (Socket socket : open) {
        socket.getOutputStream().write(("\n" + lines).getBytes(StandardCharsets.UTF_8));
      }
      await().until(() -> rig.events.size() == 8 * 30_002);
      rig.events.clear();
      shut.set(true);
      for (Socket socket : open) {
        socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      }
      await().until(() -> rig.receiver().waitingBytes() >= 500);

      kill(WORKER);
      awaitDeath(rig);
      gate.countDown();

      await()
          .ignoreExceptionsInstanceOf(IOException.class) // refused while it opens
          .until(
              () -> {
                rig.send("<13>again\n");
                return rig.texts().contains("<13>again");
              });
      await().until(() -> rig.receiver().unfinishedBytes() == 0);
      rig.events.removeIf(event -> event.length() > 1);
      assertThat(rig.events).isNotEmpty();
      rig.events.stream()
          .collect(Collectors.groupingBy(RawEvent::origin))
          .values()
          .forEach(
              each ->
                  assertThat(each)
                      .extracting(RawEvent::position)
                      .isEqualTo(LongStream.range(30_003, 30_003 + each.size()).boxed().toList()));
      assertThat(Supervision.failures("siem-syslog-source")).isZero();
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** What it held of a TLS record is nobody's any more. */
  @Test
  void halfARecordIsForgottenWithItsThread() throws Exception {
    byte[] half = {22, 3, 1, 64, 0, 1, 0, 63, (byte) 252};
    String tls =
        "protocol=tls&keyStore=%s&keyStorePassword=%s"
            .formatted(TestCertificates.shared().serverKeyStore(), TestCertificates.PASSWORD);
    try (SyslogRig rig = SyslogRig.start(tls)) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        open.add(rig.connect());
        open.get(i).getOutputStream().write(half);
      }
      await().until(() -> rig.receiver().unfinishedBytes() >= 8L * half.length);

      kill(WORKER);
      awaitDeath(rig);

      await().until(() -> rig.receiver().unfinishedBytes() == 0);
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** More would only be woken more often, each for less. */
  @Test
  void noMoreThreadsReadThanThereAreProcessors() throws Exception {
    int processors = Runtime.getRuntime().availableProcessors();
    try (SyslogRig rig = SyslogRig.start("")) {
      List<Socket> open = connections(rig, 3 * processors);
      await().until(() -> rig.events.size() == open.size());
      assertThat(threads(WORKER)).hasSize(processors);
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void datagramsAreHeardAgain() throws Exception {
    try (SyslogRig rig = SyslogRig.start("protocol=udp")) {
      awaitDatagram(rig); // now it is known where it listens
      rig.receiver().listeningChannel().close().sync();
      awaitDatagram(rig);
      EventLoop thread = rig.receiver().listeningChannel().eventLoop();
      thread.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync(); // and its socket with it
      awaitDatagram(rig);
      assertThat(Supervision.failures(SyslogSockets.NAME)).isGreaterThan(deathsBefore + 1);
    }
  }

  @Test
  void aListenerThatIsStoppedStaysStopped() throws Exception {
    try (SyslogRig rig = SyslogRig.start("")) {
      rig.send("<13>one\n");
      await().until(() -> rig.events.size() == 1);
      rig.context().getRouteController().stopAllRoutes();
      assertThat(Supervision.failures(SyslogSockets.NAME)).isEqualTo(deathsBefore);
      rig.context().getRouteController().startAllRoutes();
      awaitHeard(rig);
      assertThat(Supervision.failures(SyslogSockets.NAME)).isEqualTo(deathsBefore);
    }
  }

  private static List<Socket> connections(SyslogRig rig, int count) throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = rig.connect();
      socket.getOutputStream().write("<13>open\n<13>half".getBytes(StandardCharsets.UTF_8));
      open.add(socket);
    }
    return open;
  }

  /** A thread that waits for its sockets must first wake up: each gets some. */
  private void awaitDeath(SyslogRig rig) {
    await()
        .ignoreExceptionsInstanceOf(IOException.class) // refused while it opens
        .until(
            () -> {
              for (int i = 0; i < 32; i++) {
                rig.connect().close();
              }
              return Supervision.failures(SyslogSockets.NAME) > deathsBefore;
            });
  }

  private static void awaitHeard(SyslogRig rig) {
    rig.events.clear();
    await()
        .ignoreExceptionsInstanceOf(IOException.class) // refused while it opens
        .until(
            () -> {
              rig.send("<13>again\n");
              return rig.texts().contains("<13>again");
            });
  }

  private static void awaitDatagram(SyslogRig rig) {
    rig.events.clear();
    await()
        .until(
            () -> {
              rig.datagram("<13>again".getBytes(StandardCharsets.UTF_8));
              return rig.texts().contains("<13>again");
            });
  }

  /** As an error that Netty does not catch would. */
  @SuppressWarnings({"deprecation", "removal", "ThreadStop"})
  private void kill(String name) {
    Set<Thread> ours = threads(name);
    assertThat(ours).isNotEmpty();
    for (Thread thread : ours) {
      thread.stop();
    }
  }

  /** Those of this test. */
  private Set<Thread> threads(String name) {
    Set<Thread> ours = new HashSet<>(Thread.getAllStackTraces().keySet());
    ours.removeAll(before);
    ours.removeIf(thread -> !thread.getName().contains(name));
    return ours;
  }
}
