package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.RawEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever sends much waits; whoever sends little is answered, and told when it is over. */
@Tag("camel")
@Timeout(120)
class HttpTurnsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String HEAD = "Host: localhost\r\n";

  /** They are few bytes and very many batches: none of them may keep a worker for small ones. */
  @Test
  void manyTinyEventsKeepNobodyWaiting() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (HttpRig rig = HttpRig.start("&batchSize=10")) {
      rig.step =
          exchange -> {
            if (exchange.getMessage().getBody(List.class).size() == 10) {
              goOn.await();
            }
          };
      List<Socket> greedy = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Socket socket = rig.connect();
        greedy.add(socket);
        HttpRig.send(socket, HttpRig.post(HEAD, "{}\n".repeat(1_000)));
      }
      await().atMost(LONG).until(() -> server(rig).requests().taken() == 12);
      assertThat(rig.good()).startsWith("HTTP/1.1 202");
      goOn.countDown();
      for (Socket socket : greedy) {
        assertThat(HttpRig.answer(socket)).contains("\"received\":1000,\"accepted\":1000");
        socket.close();
      }
      assertThat(server(rig).budget().heldBytes()).isZero();
    }
  }

  /** One address has fewer jobs at work than there are workers, however many bodies it sends. */
  @ParameterizedTest
  @CsvSource({"1, 6", "600000, 1"})
  void oneAddressNeverHasAllWorkers(int bytes, int atWork) throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger working = new AtomicInteger();
    String greedy = "{\"greedy\":\"" + "x".repeat(bytes / 4) + "\"}\n";
    String body = greedy.repeat(bytes > 1 ? 4 : 1);
    try (HttpRig rig = HttpRig.start("")) {
      rig.step =
          exchange -> {
            RawEvent first = (RawEvent) exchange.getMessage().getBody(List.class).get(0);
            if (first.array()[first.from() + 2] == 'g') {
              working.incrementAndGet();
              goOn.await();
            }
          };
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Socket socket = rig.connect();
        sockets.add(socket);
        HttpRig.send(socket, HttpRig.post(HEAD, body));
      }
      await().atMost(LONG).until(() -> server(rig).requests().taken() == 12);
      await().atMost(LONG).until(() -> working.get() == atWork);
      String other = body.replace("greedy", "others");
      try (Socket socket = rig.connectFrom("127.0.0.2")) {
        HttpRig.send(socket, HttpRig.post(HEAD, other));
        assertThat(HttpRig.answer(socket)).startsWith("HTTP/1.1 202");
      }
      assertThat(working).hasValue(atWork);
      goOn.countDown();
      for (Socket socket : sockets) {
        assertThat(HttpRig.answer(socket)).startsWith("HTTP/1.1 202");
        socket.close();
      }
      assertThat(working).hasValue(12);
    }
  }

  private static HttpServer server(HttpRig rig) {
    return consumer(rig).server();
  }

  private static HttpConsumer consumer(HttpRig rig) {
    return rig.main.getCamelContext().getRoutes().stream()
        .map(each -> each.getConsumer())
        .filter(HttpConsumer.class::isInstance)
        .map(HttpConsumer.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** What waits when a server is closed is answered; nothing of it is left. */
  @Test
  void whatNobodyWorksOnAnyMoreIsAnswered() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CountDownLatch working = new CountDownLatch(8);
    Workers workers = new Workers();
    List<HttpAnswer> answers = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 20; i++) {
      byte[] body = HttpRig.GOOD.getBytes(StandardCharsets.UTF_8);
      Job job =
          HttpBodies.job(
              body,
              InetAddress.getByName("127.0.0." + (1 + i % 2)),
              batch -> {
                working.countDown();
                new CountDownLatch(1).await(); // until it is interrupted
              },
              answers::add);
      assertThat(workers.submit(job, false)).isTrue();
    }
    working.await();
    workers.close();
    assertThat(answers).hasSize(20).allMatch(answer -> answer.status() == 503);
    assertThat(answers).allMatch(answer -> answer.headers().containsKey("Retry-After"));
    Job late =
        HttpBodies.job(new byte[0], InetAddress.getLoopbackAddress(), batch -> {}, answers::add);
    assertThat(workers.submit(late, false)).isFalse();
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(each -> !before.contains(each))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("worker-")));
  }

  /** Further requests that come with the first: it is answered all the same. */
  @Test
  void tooManyRequestsAheadLoseNoAnswer() throws Exception {
    try (HttpRig rig = HttpRig.start("")) {
      CountDownLatch goOn = new CountDownLatch(1);
      rig.step = exchange -> goOn.await();
      try (Socket socket = rig.connect()) {
        HttpRig.send(socket, HttpRig.post(HEAD, HttpRig.GOOD).repeat(200));
        await().atMost(LONG).until(() -> server(rig).requests().taken() > 0);
        goOn.countDown();
        String answer = HttpRig.answer(socket);
        assertThat(answer).startsWith("HTTP/1.1 202").contains("\"accepted\":1");
        int answers = 1;
        while (!answer.contains("connection: close")) {
          answer = HttpRig.answer(socket);
          assertThat(answer).startsWith("HTTP/1.1 202");
          answers++;
        }
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        assertThat(rig.taken).hasSize(answers);
      }
    }
  }

  /** The list of bad events is what can be done without. */
  @Test
  void whereMemoryIsShortAnAnswerGoesWithoutItsList() throws Exception {
    try (HttpRig rig = HttpRig.start("&maxInFlightBytes=30000&maxBodyBytes=15000")) {
      String body = HttpRig.GOOD + "\n" + "bad\n".repeat(1_000);
      String answer = rig.raw(HttpRig.post(HEAD + "Connection: close\r\n", body));
      assertThat(answer)
          .startsWith("HTTP/1.1 202")
          .contains("\"received\":1001,\"accepted\":1,\"rejected\":[]")
          .contains("\"rejectedNotListed\":1000");
    }
  }

  /** A port that another route has stopped using meanwhile is there for whoever goes on. */
  @Test
  void aSuspendedRouteKeepsThePort() throws Exception {
    try (HttpRig rig = HttpRig.start("&path=/events", "&path=/other")) {
      int port = rig.port();
      RouteController routes = rig.main.getCamelContext().getRouteController();
      List<String> ids = sources(rig);
      routes.suspendRoute(ids.get(0));
      routes.stopRoute(ids.get(1));
      routes.resumeRoute(ids.get(0));
      assertThat(HttpRig.urls(rig.main.getCamelContext())).extracting(URI::getPort).contains(port);
      assertThat(rig.good()).startsWith("HTTP/1.1 202");
    }
  }

  private static List<String> sources(HttpRig rig) {
    return rig.main.getCamelContext().getRoutes().stream()
        .filter(route -> route.getConsumer() instanceof HttpConsumer)
        .map(route -> route.getRouteId())
        .toList();
  }

  /** As routes of a supervising controller do: one starts while the other stops. */
  @Test
  void whoeverStartsWhileAnotherStopsIsHeard() throws Exception {
    try (HttpRig rig = HttpRig.start("&path=/events", "&path=/other")) {
      RouteController routes = rig.main.getCamelContext().getRouteController();
      List<String> ids = sources(rig);
      routes.stopRoute(ids.get(0));
      for (int i = 0; i < 10; i++) {
        CompletableFuture<Void> stopped =
            CompletableFuture.runAsync(() -> unchecked(() -> routes.stopRoute(ids.get(1))));
        routes.startRoute(ids.get(0));
        stopped.get();
        assertThat(rig.good()).startsWith("HTTP/1.1 202");
        routes.startRoute(ids.get(1));
        routes.stopRoute(ids.get(0));
      }
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void unchecked(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
