package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.testing.Http2Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While something downstream stands still: who waits, whose work is done, and how often. */
@Tag("camel")
@Timeout(240)
class HttpFairTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String HEAD = "Host: localhost\r\n";

  /** Of one address, whatever it sends. */
  private static final int AT_WORK = 6;

  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger working = new AtomicInteger();

  /** Events of the greedy address stand still. */
  private void block(HttpRig rig) {
    rig.step =
        exchange -> {
          RawEvent first = (RawEvent) exchange.getMessage().getBody(List.class).get(0);
          if (first.origin().contains("127.0.0.1:")) {
            working.incrementAndGet();
            goOn.await();
          }
        };
  }

  private static String body(int bytes) {
    String line = "{\"id\":\"" + "x".repeat(990) + "\"}\n";
    return line.repeat(Math.max(1, bytes / line.length()));
  }

  /** With smaller and smaller bodies it fills whatever is left. */
  @Test
  void oneAddressDoesNotFillAllThatMayWait() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (HttpRig rig = HttpRig.start("&maxInFlightBytes=8388608&maxBodyBytes=1048576")) {
      HttpServer server = rig.server();
      block(rig);
      for (int size : new int[] {400_000, 100_000, 50_000, 20_000, 10_000}) {
        for (int i = 0; i < 15; i++) {
          Socket socket = rig.connect();
          sockets.add(socket);
          int before = server.requests().taken();
          HttpRig.send(socket, HttpRig.post(HEAD, body(size)));
          await()
              .atMost(LONG)
              .until(
                  () ->
                      server.requests().taken() > before
                          || socket.getInputStream().available() > 0);
        }
      }
      await().atMost(LONG).until(() -> working.get() == AT_WORK);
      assertThat(anyRefused(sockets)).as("it has had its fill").isTrue();
      for (int address = 2; address < 5; address++) {
        try (Socket socket = rig.connectFrom("127.0.0." + address)) {
          HttpRig.send(socket, HttpRig.post(HEAD, body(150_000)));
          assertThat(HttpRig.answer(socket)).startsWith("HTTP/1.1 202");
        }
      }
      goOn.countDown();
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  private static boolean anyRefused(List<Socket> sockets) throws IOException {
    for (Socket each : sockets) {
      if (each.getInputStream().available() > 0) {
        return HttpRig.answer(each).startsWith("HTTP/1.1 503");
      }
    }
    return false;
  }

  /** What came packed holds no more than what did not, once it is unpacked. */
  @Test
  void packedBytesAreGivenBackOnceTheyAreUnpacked() throws Exception {
    try (HttpRig rig = HttpRig.start("")) {
      AtomicLong held = new AtomicLong();
      rig.step = exchange -> held.set(rig.server().budget().heldBytes());
      StringBuilder body = new StringBuilder();
      java.util.Random random = new java.util.Random(1);
      for (int i = 0; i < 1_000; i++) {
        body.append("{\"id\":\"").append(Long.toHexString(random.nextLong())).append("\"}\n");
      }
      byte[] packed = gzip(body.toString());
      assertThat(packed.length).isGreaterThan(body.length() / 3);
      String answer =
          rig.raw(
              HttpRig.post(
                  HEAD + "Connection: close\r\nContent-Encoding: gzip\r\n",
                  new String(packed, StandardCharsets.ISO_8859_1)));
      assertThat(answer).startsWith("HTTP/1.1 202").contains("\"accepted\":1000");
      long packedToo = held.get();
      List<Long> plain = new ArrayList<>();
      rig.step = exchange -> plain.add(rig.server().budget().heldBytes());
      rig.raw(HttpRig.post(HEAD + "Connection: close\r\n", body.toString()));
      assertThat(packedToo).isLessThanOrEqualTo(plain.get(0) + 1);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  /** Small as it comes, it would have to wait for a worker for large ones, and never may. */
  @Test
  void whatMayNeverWaitIsNotAskedToComeAgain() throws Exception {
    try (HttpRig rig =
        HttpRig.start(
            "&maxInFlightBytes=2097152&maxBodyBytes=1048576&batchSize=10&maxRatio=1000")) {
      byte[] packed = gzip(body(1_300_000));
      assertThat(packed.length).isLessThan(16_384);
      String gzip = HEAD + "Connection: close\r\nContent-Encoding: gzip\r\n";
      String answer = rig.raw(HttpRig.post(gzip, new String(packed, StandardCharsets.ISO_8859_1)));
      assertThat(answer).startsWith("HTTP/1.1 413").contains("send fewer events at a time");
      assertThat(rig.taken).isEmpty();
    }
  }

  // --- letters that can't be kept

  /** A sender that repeats its request does not store its good events each time. */
  @Test
  void whileLettersCannotBeKeptGoodEventsAreNotTakenAgainAndAgain() throws Exception {
    try (HttpRig rig = HttpRig.start("")) {
      AtomicBoolean full = new AtomicBoolean(true);
      List<Object> kept = new ArrayList<>();
      rig.main
          .getCamelContext()
          .getEndpoint("mock:letters", MockEndpoint.class)
          .whenAnyExchangeReceived(
              exchange -> {
                if (full.get()) {
                  throw new IllegalStateException("full");
                }
                List<?> letters = exchange.getMessage().getBody(List.class);
                kept.addAll(letters);
              });
      String request = HttpRig.post(HEAD + "Connection: close\r\n", "bad\n" + HttpRig.GOOD);
      for (int i = 0; i < 5; i++) {
        assertThat(rig.raw(request)).startsWith("HTTP/1.1 503").contains("Retry-After");
      }
      assertThat(rig.taken).as("the first time it was not known yet").hasSize(1);
      assertThat(rig.good()).as("one without bad lines").startsWith("HTTP/1.1 202");
      full.set(false);
      assertThat(rig.raw(request)).startsWith("HTTP/1.1 202").contains("\"accepted\":1");
      assertThat(rig.taken).hasSize(3);
      assertThat(kept).as("once, though they came first").hasSize(1);

      rig.step =
          exchange -> {
            throw new IllegalStateException("an outage");
          };
      assertThat(rig.raw(request)).startsWith("HTTP/1.1 503");
      assertThat(kept).as("they come last again").hasSize(1);
    }
  }

  // --- senders that are gone

  /** Their requests would be done for nobody, and beside those that they send again. */
  @Test
  void whatWaitsForNobodyIsNotBegun() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (HttpRig rig = HttpRig.start("")) {
      block(rig);
      int sent = AT_WORK + 4;
      for (int i = 0; i < sent; i++) {
        Socket socket = rig.connect();
        sockets.add(socket);
        HttpRig.send(socket, HttpRig.post(HEAD, HttpRig.GOOD));
        int taken = i + 1;
        await().atMost(LONG).until(() -> rig.server().requests().taken() == taken);
      }
      await().atMost(LONG).until(() -> working.get() == AT_WORK);
      for (Socket each : sockets.subList(AT_WORK, sent)) {
        each.close();
      }
      await().atMost(LONG).until(() -> rig.server().requests().taken() == AT_WORK);
      await().atMost(LONG).until(() -> rig.server().connections().taken() == AT_WORK);
      goOn.countDown();
      for (Socket each : sockets.subList(0, AT_WORK)) {
        assertThat(HttpRig.answer(each)).startsWith("HTTP/1.1 202");
        each.close();
      }
      rig.awaitNothingHeld();
      assertThat(rig.taken).hasSize(AT_WORK);
    }
  }

  /** The same for streams that are reset. */
  @Test
  void aStreamThatIsResetWhileItWaitsIsNotBegun() throws Exception {
    try (HttpRig rig = HttpRig.start("&http2=true");
        Socket socket = rig.connect()) {
      block(rig);
      Http2Frames frames = new Http2Frames();
      for (int i = 0; i < AT_WORK; i++) {
        post(frames, i);
      }
      send(socket, frames.bytes());
      await().atMost(LONG).until(() -> working.get() == AT_WORK);
      int before = frames.bytes().length;
      for (int i = AT_WORK; i < AT_WORK + 4; i++) {
        post(frames, i);
      }
      send(socket, frames.bytes(), before);
      await().atMost(LONG).until(() -> rig.server().requests().taken() == AT_WORK + 4);
      int posted = frames.bytes().length;
      for (int i = AT_WORK; i < AT_WORK + 4; i++) {
        frames.reset(1 + 2 * i);
      }
      send(socket, frames.bytes(), posted);
      await().atMost(LONG).until(() -> rig.server().requests().taken() == AT_WORK);
      goOn.countDown();
      await().atMost(LONG).until(() -> rig.server().requests().taken() == 0);
      assertThat(rig.taken).hasSize(AT_WORK);
    }
  }

  private static void post(Http2Frames frames, int number) {
    byte[] body = HttpRig.GOOD.getBytes(StandardCharsets.UTF_8);
    frames.post(1 + 2 * number, "/events", "localhost", false).data(1 + 2 * number, body, true);
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    send(socket, bytes, 0);
  }

  private static void send(Socket socket, byte[] bytes, int from) throws IOException {
    socket.getOutputStream().write(bytes, from, bytes.length - from);
    socket.getOutputStream().flush();
  }

  /** Some senders say that they have sent all, and read on. */
  @Test
  void whoeverOnlyEndsItsOwnHalfIsAnswered() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (HttpRig rig = HttpRig.start("")) {
      block(rig);
      for (int i = 0; i < AT_WORK + 1; i++) {
        Socket socket = rig.connect();
        sockets.add(socket);
        HttpRig.send(socket, HttpRig.post(HEAD, HttpRig.GOOD));
        int taken = i + 1;
        await().atMost(LONG).until(() -> rig.server().requests().taken() == taken);
      }
      await().atMost(LONG).until(() -> working.get() == AT_WORK);
      for (Socket each : sockets) {
        each.shutdownOutput();
      }
      assertThat(HttpRig.answer(sockets.get(AT_WORK))).as("still waits").startsWith("HTTP/1.1 503");
      goOn.countDown();
      for (Socket each : sockets.subList(0, AT_WORK)) {
        assertThat(HttpRig.answer(each)).startsWith("HTTP/1.1 202");
        assertThat(each.getInputStream().read()).isEqualTo(-1);
      }
      rig.awaitNothingHeld();
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  /** Of a connection that is cut off, too. */
  @Test
  void aConnectionThatIsCutOffInTheMidstOfWorkLeavesNothing() throws Exception {
    try (HttpRig rig = HttpRig.start("")) {
      block(rig);
      try (Socket socket = rig.connect()) {
        HttpRig.send(socket, HttpRig.post(HEAD, HttpRig.GOOD).repeat(3));
        await().atMost(LONG).until(() -> working.get() == 1);
        socket.setSoLinger(true, 0);
      }
      goOn.countDown();
      rig.awaitNothingHeld();
    }
  }
}
