package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.testing.Http2Frames;
import dev.camelsiem.testing.KeyUpdates;
import dev.camelsiem.testing.TestCertificates;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** HTTP/2, by the JDK's client over TLS and by frames of our own in clear. */
@Tag("camel")
class Http2Test {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Bodies of a hundred streams that end with their connection: nobody waits for them. */
  @Test
  void unfinishedStreamsHoldNobodyUp() throws Exception {
    try (HttpRig rig = HttpRig.start("&http2=true&maxStreams=100")) {
      for (int round = 0; round < 5; round++) {
        try (Socket socket = rig.connect()) {
          Http2Frames frames = new Http2Frames();
          for (int i = 0; i < 100; i++) {
            frames.post(1 + 2 * i, "/events", "localhost", false);
          }
          socket.getOutputStream().write(frames.bytes());
          socket.getOutputStream().flush();
          assertThat(rig.good()).startsWith("HTTP/1.1 202");
        }
        rig.awaitNothingHeld();
      }
      assertThat(rig.good()).startsWith("HTTP/1.1 202");
    }
  }

  /** Half bodies and whole ones of streams that end one by one, while their connection stays. */
  @Test
  void streamsThatAreResetLeaveNothing() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (HttpRig rig = HttpRig.start("&http2=true")) {
      rig.step =
          exchange -> {
            working.countDown();
            goOn.await();
          };
      byte[] body = HttpRig.GOOD.getBytes(StandardCharsets.UTF_8);
      try (Socket socket = rig.connect()) {
        Http2Frames frames = new Http2Frames();
        frames.post(1, "/events", "localhost", false).data(1, body, true);
        frames.post(3, "/events", "localhost", false).data(3, new byte[] {'{'}, false);
        frames.post(5, "/events", "localhost", false);
        send(socket, frames.bytes(), 0);
        working.await();
        await().atMost(LONG).until(() -> rig.server().requests().taken() == 3);
        int sent = frames.bytes().length;
        send(socket, frames.reset(1).reset(3).reset(5).bytes(), sent);
        await().atMost(LONG).until(() -> rig.server().requests().taken() == 1);
        goOn.countDown();
        await().atMost(LONG).until(() -> rig.server().requests().taken() == 0);
        await().atMost(LONG).until(() -> rig.server().budget().heldBytes() == 0);
        assertThat(rig.server().unanswered().awaitNone(Duration.ofNanos(1))).isTrue();
        assertThat(rig.server().connections().taken()).isEqualTo(1);
      }
      rig.awaitNothingHeld();
      assertThat(rig.taken).as("what had begun went on").hasSize(1);
    }
  }

  /** A head that is none is no reason to wait for anything. */
  @Test
  void aStreamWithoutAMethodEnds() throws Exception {
    try (HttpRig rig = HttpRig.start("&http2=true");
        Socket socket = rig.connect()) {
      send(socket, new Http2Frames().withoutMethod(1).bytes(), 0);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int type = -1;
      int stream = 0;
      while (type != Http2Frames.RESET || stream != 1) { // or the connection ends, and this fails
        int lengthAndType = in.readInt();
        type = lengthAndType & 0xff;
        in.readByte();
        stream = in.readInt();
        in.skipNBytes(lengthAndType >>> 8);
      }
      assertThat(rig.good()).startsWith("HTTP/1.1 202");
    }
  }

  private static void send(Socket socket, byte[] bytes, int from) throws IOException {
    socket.getOutputStream().write(bytes, from, bytes.length - from);
    socket.getOutputStream().flush();
  }

  /** Streams that are opened and reset, again and again, end their connection. */
  @Test
  void rapidResetsEndTheConnection() throws Exception {
    try (HttpRig rig = HttpRig.start("&http2=true");
        Socket socket = rig.connect()) {
      Http2Frames frames = new Http2Frames();
      for (int i = 0; i < 1000; i++) {
        frames.post(1 + 2 * i, "/events", "localhost", false).reset(1 + 2 * i);
      }
      try {
        socket.getOutputStream().write(frames.bytes());
        socket.getOutputStream().flush();
        await().atMost(LONG).until(() -> socket.getInputStream().read() < 0);
      } catch (java.net.SocketException e) {
        assertThat(e).hasMessageContaining("reset"); // closed while we were writing
      }
      assertThat(rig.good()).startsWith("HTTP/1.1 202");
      assertThat(rig.taken).hasSize(1);
    }
  }

  @Test
  void inClearItIsSpokenOnlyWhenAskedFor() throws Exception {
    try (HttpRig rig = HttpRig.start("");
        Socket socket = rig.connect()) {
      socket.getOutputStream().write(new Http2Frames().bytes());
      socket.getOutputStream().flush();
      assertThat(HttpRig.answer(socket)).startsWith("HTTP/1.1 505");
    }
    try (HttpRig rig = HttpRig.start("&http2=true")) {
      assertThat(rig.good()).startsWith("HTTP/1.1 202"); // and HTTP/1.1 still is
    }
  }

  /** It is not read any more, so that nothing piles up, and then it is silent. */
  @Test
  void whoReadsNoAnswersOfTlsIsSilent() throws Exception {
    try (HttpRig rig = HttpRig.start(tls() + "&idleTimeout=1000&headerTimeout=1000")) {
      assertThat(KeyUpdates.endAConnection(rig.port())).isTrue();
    }
  }

  /** TCP stays open behind it, so nothing else ends it. */
  @Test
  void aSenderThatEndsTlsIsAnsweredAndItsConnectionEnds() throws Exception {
    try (HttpRig rig = HttpRig.start(tls() + "&idleTimeout=600000")) {
      SSLSocketFactory factory = TestCertificates.shared().clientWithoutKey().getSocketFactory();
      try (SSLSocket socket = (SSLSocket) factory.createSocket("localhost", rig.port())) {
        socket.setSoTimeout(60_000);
        socket.setEnabledProtocols(new String[] {"TLSv1.3"}); // before, the end is one of both
        String head = "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n";
        String request = head.formatted(HttpRig.GOOD.length()) + HttpRig.GOOD;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 202");
      }
    }
  }

  private static String tls() throws Exception {
    return "&keyStore=%s&keyStorePassword=%s"
        .formatted(TestCertificates.shared().serverKeyStore(), TestCertificates.PASSWORD);
  }

  @Test
  void overTlsBothSidesAgreeOnIt() throws Exception {
    TestCertificates certificates = TestCertificates.shared();
    try (HttpRig rig = HttpRig.start(tls())) {
      URI url = URI.create("https://localhost:" + rig.port() + "/events");
      HttpClient client =
          HttpClient.newBuilder().sslContext(certificates.clientWithoutKey()).build();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      CountDownLatch all = new CountDownLatch(5);
      rig.step =
          exchange -> {
            all.countDown();
            all.await(); // five at a time over one connection
          };
      for (int i = 0; i < 5; i++) {
        HttpRequest post =
            HttpRequest.newBuilder(url)
                .POST(HttpRequest.BodyPublishers.ofString(HttpRig.GOOD))
                .build();
        answers.add(client.sendAsync(post, HttpResponse.BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> each : answers) {
        assertThat(each.get().statusCode()).as(each.get().body()).isEqualTo(202);
        assertThat(each.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
      }
      assertThat(rig.taken).hasSize(5);
      assertThat(rig.taken.get(0).origin()).startsWith("https://");
      HttpRequest refused =
          HttpRequest.newBuilder(url)
              .header("Content-Type", "image/png")
              .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1 << 20]))
              .build();
      assertThat(client.send(refused, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(415);
    }
  }
}
