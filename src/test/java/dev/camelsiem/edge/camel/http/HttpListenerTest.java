package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.supervise.Supervision;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose threads die or whose port is closed is opened again: it is never deaf. */
@Tag("camel")
@Timeout(120)
class HttpListenerTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int CONNECTIONS = 4;

  private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
  private final long deathsBefore = Supervision.failures(Listener.NAME);

  /** All places were taken: they must be free again, and so must what half a body held. */
  @ParameterizedTest
  @ValueSource(strings = {"siem-http-boss", "siem-http-loop"})
  void aThreadThatEndsWithAnErrorIsNotTheEnd(String victim) throws Exception {
    String limits = "&maxConnections=%1$d&maxConnectionsPerAddress=%1$d".formatted(CONNECTIONS);
    try (HttpRig rig = HttpRig.start(limits)) {
      List<Socket> open = halfBodies(rig);
      HttpServer server = server(rig);
      await().atMost(LONG).until(() -> server.budget().heldBytes() > 0);
      await().atMost(LONG).until(() -> server.requests().taken() == CONNECTIONS);

      await().atMost(LONG).until(() -> isDead(victim, rig));
      await().atMost(LONG).ignoreExceptionsInstanceOf(IOException.class).until(() -> isWell(rig));
      await().atMost(LONG).until(() -> server.connections().taken() == 0);
      assertThat(server.budget().heldBytes()).isZero();
      assertThat(server.requests().taken()).isZero();
      assertThat(server.unanswered().awaitNone(Duration.ofNanos(1))).isTrue();
      for (Socket socket : open) {
        assertThat(isOver(socket)).as("the descriptor is closed").isTrue();
        socket.close();
      }
    }
  }

  private static List<Socket> halfBodies(HttpRig rig) throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Socket socket = rig.connect();
      HttpRig.send(
          socket, "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
      open.add(socket);
    }
    return open;
  }

  /** A worker that answers a connection whose thread has died gives everything back. */
  @Test
  void whatWasWorkedOnWhenItsThreadDiedLeavesNothingBehind() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (HttpRig rig = HttpRig.start("")) {
      rig.step =
          exchange -> {
            working.countDown();
            goOn.await();
          };
      try (Socket socket = rig.connect()) {
        HttpRig.send(socket, HttpRig.post("Host: localhost\r\n", HttpRig.GOOD));
        working.await();
        await().atMost(LONG).until(() -> isDead("siem-http-loop", rig));
        HttpServer server = server(rig);
        goOn.countDown();
        await().atMost(LONG).ignoreExceptionsInstanceOf(IOException.class).until(() -> isWell(rig));
        await().atMost(LONG).until(() -> server.unanswered().awaitNone(Duration.ofNanos(1)));
        await().atMost(LONG).until(() -> server.connections().taken() == 0);
        assertThat(server.requests().taken()).isZero();
        assertThat(server.budget().heldBytes()).isZero();
      }
    }
  }

  /** A thread that waits for the network dies when something comes, unless Netty catches that. */
  private boolean isDead(String victim, HttpRig rig) {
    kill(victim);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
      HttpRig.send(socket, "GET /");
    } catch (IOException e) {
      return Supervision.failures(Listener.NAME) > deathsBefore; // refused, as it may be
    }
    return Supervision.failures(Listener.NAME) > deathsBefore;
  }

  private static boolean isWell(HttpRig rig) throws IOException {
    return rig.good().startsWith("HTTP/1.1 202");
  }

  private static boolean isOver(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return !(e instanceof SocketTimeoutException);
    }
  }

  private static HttpServer server(HttpRig rig) {
    return ((HttpConsumer)
            rig.main.getCamelContext().getRoutes().stream()
                .filter(route -> route.getConsumer() instanceof HttpConsumer)
                .findFirst()
                .orElseThrow()
                .getConsumer())
        .server();
  }

  /** As an error that Netty does not catch would. */
  @SuppressWarnings({"deprecation", "removal", "ThreadStop"})
  private void kill(String name) {
    Set<Thread> ours = new HashSet<>(Thread.getAllStackTraces().keySet());
    ours.removeAll(before);
    ours.removeIf(thread -> !thread.getName().startsWith(name));
    for (Thread thread : ours) {
      thread.stop();
    }
  }
}
