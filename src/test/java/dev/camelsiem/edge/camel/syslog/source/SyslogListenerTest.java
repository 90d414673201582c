package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.supervise.Supervision;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
    Set<Thread> ours = new HashSet<>(Thread.getAllStackTraces().keySet());
    ours.removeAll(before);
    ours.removeIf(thread -> !thread.getName().contains(name));
    assertThat(ours).isNotEmpty();
    for (Thread thread : ours) {
      thread.stop();
    }
  }
}
