package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits, the server's life, and answers that add up, over real sockets. */
@Tag("camel")
class HttpLimitsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String HALF = "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Le";

  @Test
  void halfAHeadHasItsTime() throws Exception {
    try (HttpRig rig = HttpRig.start("&headerTimeout=300")) {
      assertThat(rig.raw(HALF)).isEmpty();
      assertThat(rig.good()).startsWith("HTTP/1.1 202");
    }
  }

  @Test
  void aConnectionThatDoesNothingIsClosed() throws Exception {
    try (HttpRig rig = HttpRig.start("&idleTimeout=300")) {
      assertThat(rig.raw("")).isEmpty();
      String answer = rig.raw(HttpRig.post("Host: localhost\r\n", HttpRig.GOOD));
      assertThat(answer).startsWith("HTTP/1.1 202");
    }
  }

  /** One too many is closed at once while all are young; later the idlest one makes room. */
  @Test
  void connectionsAreLimitedAndTheIdleGiveWay() throws Exception {
    try (HttpRig rig = HttpRig.start("&maxConnectionsPerAddress=20")) {
      List<Socket> idle = new ArrayList<>();
      try {
        for (int i = 0; i < 20; i++) {
          idle.add(rig.connect());
          HttpRig.send(idle.get(i), HALF);
        }
        await().atMost(LONG).until(() -> answersGood(rig));
        long closed = 0;
        for (Socket each : idle) {
          each.setSoTimeout(200);
          closed += isClosed(each) ? 1 : 0;
        }
        assertThat(closed).isPositive().isLessThan(20);
      } finally {
        for (Socket each : idle) {
          each.close();
        }
      }
    }
  }

  private static boolean answersGood(HttpRig rig) {
    try {
      return rig.good().startsWith("HTTP/1.1 202");
    } catch (IOException e) {
      return false; // closed at once
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  /** Many who send slowly don't keep out one who sends at once. */
  @Test
  void theLargestUnfinishedBodyGivesWay() throws Exception {
    try (HttpRig rig = HttpRig.start("&maxInFlightBytes=1000000&maxBodyBytes=500000")) {
      List<Socket> slow = new ArrayList<>();
      try {
        for (int i = 0; i < 10; i++) {
          Socket socket = rig.connect();
          slow.add(socket);
          String request = HttpRig.post("Host: localhost\r\n", " ".repeat(200_000));
          HttpRig.send(socket, request.substring(0, request.length() - 1000));
        }
        Socket first = slow.get(0);
        String answer = null;
        for (Socket each : slow) {
          each.setSoTimeout(300);
          answer = answer == null ? answerOf(each) : answer;
        }
        assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
        assertThat(first.isConnected()).isTrue();
        assertThat(rig.good()).startsWith("HTTP/1.1 202");
        String half = HttpRig.post("Host: localhost\r\nConnection: close\r\n", lines(5_000));
        assertThat(rig.raw(half)).contains("\"accepted\":5000");
      } finally {
        for (Socket each : slow) {
          each.close();
        }
      }
    }
  }

  private static String answerOf(Socket socket) throws IOException {
    try {
      return HttpRig.answer(socket);
    } catch (java.net.SocketTimeoutException e) {
      return null;
    }
  }

  private static String lines(int count) {
    return (HttpRig.GOOD + "\n").repeat(count);
  }

  @Test
  void batchesAreBounded() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    try (HttpRig rig = HttpRig.start("&batchSize=100&batchBytes=1000")) {
      rig.step = exchange -> sizes.add(exchange.getMessage().getBody(List.class).size());
      assertThat(rig.raw(closing(lines(1_000)))).contains("\"received\":1000,\"accepted\":1000");
      assertThat(sizes).hasSizeGreaterThanOrEqualTo(17).allMatch(size -> size <= 100);
      assertThat(rig.taken).hasSize(1_000);
      assertThat(rig.taken).extracting(RawEvent::position).doesNotHaveDuplicates();
    }
  }

  private static String closing(String body) {
    return HttpRig.post("Host: localhost\r\nConnection: close\r\n", body);
  }

  /** What was taken before is said, whatever comes then. */
  @Test
  void aLaterBatchThatFailsIsTold() throws Exception {
    try (HttpRig rig = HttpRig.start("&batchSize=10&retryAfter=7")) {
      rig.step =
          exchange -> {
            if (rig.taken.size() >= 20) {
              throw new IllegalStateException("full");
            }
          };
      String answer = rig.raw(closing(lines(50) + "bad\n"));
      assertThat(answer)
          .startsWith("HTTP/1.1 503")
          .contains("Retry-After: 7", "\"received\":21,\"accepted\":20")
          .contains("\"line\":51", "\"notTaken\":30");
      assertThat(letters(rig)).isEmpty();
    }
  }

  private static List<DeadLetter> letters(HttpRig rig) {
    List<DeadLetter> letters = new ArrayList<>();
    MockEndpoint mock = rig.main.getCamelContext().getEndpoint("mock:letters", MockEndpoint.class);
    mock.getExchanges()
        .forEach(
            exchange ->
                ((List<?>) exchange.getMessage().getBody())
                    .forEach(letter -> letters.add((DeadLetter) letter)));
    return letters;
  }

  /** Steps may write as many letters as they like: events are counted. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 3, 2",
    "1, 5, 3, 2",
    "3, 4, 3, 0",
    "2, 500, 3, 1",
  })
  void lettersOfStepsNeverMakeMoreThanTheirEvents(int stopped, int times, int events, int accepted)
      throws Exception {
    try (HttpRig rig = HttpRig.start("")) {
      rig.step =
          exchange -> {
            List<?> batch = exchange.getMessage().getBody(List.class);
            List<DeadLetter> letters = new ArrayList<>();
            for (int i = 0; i < stopped; i++) {
              for (int n = 0; n < times; n++) {
                RawEvent event = (RawEvent) batch.get(i);
                letters.add(new DeadLetter(event, StopReason.MISSING_ID, "no id", "test"));
              }
            }
            new DeadLetters("mock:letters").send(exchange, letters);
          };
      String answer = rig.raw(closing(lines(events)));
      assertThat(answer)
          .startsWith("HTTP/1.1 " + (accepted > 0 ? 202 : 400))
          .contains("\"received\":%d,\"accepted\":%d".formatted(events, accepted));
    }
  }

  @Test
  void aFloodOfBadElementsIsOneLetter() throws Exception {
    try (HttpRig rig = HttpRig.start("")) {
      String body = "[" + HttpRig.GOOD + ",1".repeat(500_000) + "]";
      String answer = rig.raw(closing(body));
      assertThat(answer)
          .contains("\"received\":500001,\"accepted\":1", "\"rejectedNotListed\":499000");
      assertThat(letters(rig)).hasSize(1);
      assertThat(letters(rig).get(0).count()).isEqualTo(500_000);
      assertThat(letters(rig).get(0).event().length()).isLessThanOrEqualTo(262_144);
    }
  }

  // --- the server's life

  @Test
  void routesShareAPort() throws Exception {
    try (HttpRig rig = HttpRig.start("&path=/a", "&path=/b&accepts=text")) {
      assertThat(rig.raw(closing("x").replace("/events", "/b"))).startsWith("HTTP/1.1 202");
      assertThat(rig.raw(closing("x").replace("/events", "/a"))).startsWith("HTTP/1.1 400");
      assertThat(rig.good()).startsWith("HTTP/1.1 404").contains("/a, /b");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "&path=/a, &path=/b&maxConnections=5, maxConnections is 1000 and 5",
    "&path=/a, &path=/b&http2=true, http2 is false and true",
    "&path=/a, &path=/a&accepts=json, another route has the path /a",
    "&path=a, '', path must begin with /",
    "&path=/a&headerTimeout=0, '', headerTimeout must be at least 1",
    "&maxInFlightBytes=1000000&maxBodyBytes=500001, '', maxBodyBytes is 500001",
    "&maxInFlightBytes=16000000, '', maxBodyBytes is 10485760",
    "&path=/a&port=70000, '', port must be 0 to 65535",
  })
  void whatCannotBeFailsAtTheStart(String one, String other, String message) {
    assertThatThrownBy(
            () -> {
              try (HttpRig rig = other.isEmpty() ? HttpRig.start(one) : HttpRig.start(one, other)) {
                assertThat(rig.taken).isEmpty();
              }
            })
        .hasStackTraceContaining(message);
  }

  @Test
  void aTakenPortFailsTheStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> HttpRig.start("&port=" + taken.getLocalPort()).close())
          .hasStackTraceContaining("can't listen on 127.0.0.1:" + taken.getLocalPort())
          .hasStackTraceContaining("set another `port`");
    }
  }

  /** The port is open, but one route is not: whoever comes is told to come again. */
  @Test
  void whileItIsSuspendedOrStoppedARouteAsksForPatience() throws Exception {
    HttpRig rig = new HttpRig();
    try (rig) {
      rig.main.bind("other", settings("/other"));
      rig.main.bind("late", settings("/events"));
      rig.main
          .configure()
          .addRoutesBuilder(
              new RouteBuilder() {
                @Override
                public void configure() {
                  from("siem-http:other?settings=#bean:other").to("mock:other");
                  from("siem-http:late?settings=#bean:late")
                      .routeId("late")
                      .autoStartup(false)
                      .to("mock:late");
                }
              });
      rig.main.start();
      RouteController routes = rig.main.getCamelContext().getRouteController();
      assertThat(rig.good()).as("never started").startsWith("HTTP/1.1 503");
      for (int i = 0; i < 2; i++) {
        routes.startRoute("late");
        assertThat(rig.good()).startsWith("HTTP/1.1 202");
        routes.suspendRoute("late");
        assertThat(rig.good()).startsWith("HTTP/1.1 503");
        routes.resumeRoute("late");
        assertThat(rig.good()).startsWith("HTTP/1.1 202");
        routes.stopRoute("late");
        assertThat(rig.good()).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
      }
    }
  }

  private static HttpSettings settings(String path) {
    HttpSettings settings = new HttpSettings();
    settings.setPort(0);
    settings.setPath(path);
    return settings;
  }

  /** A stop answers what is worked on, with what became of it. */
  @Test
  void aStopFinishesWhatIsWorkedOn() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    HttpRig rig = HttpRig.start("&batchSize=1");
    rig.step =
        exchange -> {
          working.countDown();
          stopping.await();
        };
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return rig.raw(HttpRig.post("Host: localhost\r\n", lines(3)));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    working.await();
    Socket other = rig.connect();
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(rig::close);
    await().atMost(LONG).until(() -> HttpRig.urls(rig.main.getCamelContext()).isEmpty());
    HttpRig.send(other, closing(HttpRig.GOOD));
    String refused = HttpRig.answer(other);
    stopping.countDown();
    assertThat(answer.get()).startsWith("HTTP/1.1 202").contains("\"accepted\":3");
    assertThat(refused).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
    stopped.get();
    other.close();
  }
}
