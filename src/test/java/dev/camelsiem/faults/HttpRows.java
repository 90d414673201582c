package dev.camelsiem.faults;

import static dev.camelsiem.faults.Rows.NOTHING;
import static dev.camelsiem.faults.Rows.row;

import dev.camelsiem.testing.Http2Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What strangers do to the HTTP source, while somebody honest goes on sending. */
final class HttpRows {
  private static final String HALF = "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Le";
  private static final int ANSWER_MILLIS = 20_000;
  private static final int MOST_MEMORY = 640 << 10;

  private HttpRows() {}

  static List<Row> rows() {
    return List.of(
        row(
            "31",
            "HTTP: bombs, wrong lengths, slow and half requests, idle connections, HTTP/2 bursts",
            NOTHING,
            HttpRows::strangers),
        row("32", "HTTP: no or wrong credentials, on every path", NOTHING, HttpRows::credentials),
        row(
            "33",
            "HTTP: headers and queries meant for Camel and Kafka",
            NOTHING,
            HttpRows::headers));
  }

  private static void strangers(Scene s) throws Exception {
    Receiver siem = s.receiver("siem");
    s.expect(siem).mostLag = s.full ? 1_000 : Long.MAX_VALUE;
    Worker worker = s.worker().listens("&http2=true");
    s.load(new HttpTaker(worker));
    s.begin(worker);
    int port = worker.process().awaitPort();
    int threads = worker.process().status("Threads");
    int files = worker.process().openFiles();
    s.writing(s.of(4_000, 60_000), s.of(1_000, 1_000));
    for (int round = 0; round < s.of(1, 10); round++) {
      bombs(s, port);
      lies(s, port);
      burst(port);
      crowd(s, port, s.of(1_500, 10_000));
    }
    s.joinWriting();
    s.faultForAll();
    s.awaitTrue("descriptors are given back", () -> worker.process().openFiles() <= files + 20);
    int grown = worker.process().status("Threads") - threads;
    int memory = worker.process().status("VmRSS");
    s.note("threads +%d, memory %d MB", grown, memory >> 10);
    if (grown > 16 || memory > MOST_MEMORY) {
      s.problem("threads grew by %d, memory is %d kB", grown, memory);
    }
    s.awaitFresh();
  }

  private static void bombs(Scene s, int port) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] lines = "{}\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < s.of(100, 1_000); i++) {
        gzip.write(lines);
      }
    }
    expect(
        s, "413", answer(port, "Content-Encoding: gzip\r\n", packed.size(), packed.toByteArray()));
  }

  /** More than was said, less than was said, and what is no gzip at all. */
  private static void lies(Scene s, int port) throws IOException {
    byte[] good = "[1,2]".getBytes(StandardCharsets.US_ASCII);
    expect(s, "400", answer(port, "", 5, "[1,2]nonsense".getBytes(StandardCharsets.US_ASCII)));
    expect(s, "400", answer(port, "Content-Encoding: gzip\r\n", 5, good));
    try (Socket socket = connect(port)) {
      send(socket, head("", 1_000));
      socket.getOutputStream().write(good);
      socket.shutdownOutput(); // and no more comes
    }
  }

  private static void expect(Scene s, String status, String answer) {
    if (!answer.startsWith("HTTP/1.1 " + status)) {
      s.problem("%s expected, not %s", status, answer);
    }
  }

  /** A hundred bodies that never come, on one connection that goes. */
  private static void burst(int port) throws IOException {
    for (int i = 0; i < 5; i++) {
      try (Socket socket = connect(port)) {
        Http2Frames frames = new Http2Frames();
        for (int stream = 1; stream < 200; stream += 2) {
          frames.post(stream, "/events", "localhost", false);
        }
        socket.getOutputStream().write(frames.bytes());
        socket.getOutputStream().flush();
      }
    }
  }

  /** Half heads, slow bodies and silence, all at once. */
  private static void crowd(Scene s, int port, int count) throws Exception {
    List<Socket> all = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Socket socket = connect(port);
        all.add(socket);
        try {
          if (i % 3 == 0) {
            send(socket, HALF);
          } else if (i % 3 == 1) {
            send(socket, head("", 100_000) + "{");
          }
        } catch (SocketException closed) {
          socket.close(); // one too many, as it should be
        }
      }
      s.last(s.of(1, 20));
    } finally {
      for (Socket each : all) {
        each.close();
      }
    }
  }

  private static void credentials(Scene s) throws Exception {
    s.receiver("siem");
    Worker worker = s.worker().listens("&username=anna&password=secret");
    String right =
        Base64.getEncoder().encodeToString("anna:secret".getBytes(StandardCharsets.UTF_8));
    s.load(new HttpTaker(worker, "/events", Map.of("Authorization", "Basic " + right)));
    s.begin(worker);
    int port = worker.process().awaitPort();
    s.writing(s.of(2_000, 20_000), 1_000);
    String event = "{\"id\":\"ADM-001\"}";
    for (String path :
        List.of(
            "/events", "/events/", "/", "/EVENTS", "/x/../events", "//events", "/events/x", "*")) {
      for (String given :
          List.of("", "Basic", "Basic !", "Basic YW5uYTp3cm9uZw==", "Bearer " + right)) {
        String header = given.isEmpty() ? "" : "Authorization: " + given + "\r\n";
        String request = head(header, event.length()).replace(" /events ", " " + path + " ");
        expect(s, "401", exchange(port, (request + event).getBytes(StandardCharsets.US_ASCII)));
      }
    }
    s.fault();
    s.joinWriting();
    s.awaitFresh();
  }

  private static void headers(Scene s) throws Exception {
    s.receiver("siem");
    Worker worker = s.worker().listens("");
    Map<String, String> hostile =
        Map.of(
            "CamelHttpResponseCode", "500",
            "CamelFileName", "../../evil",
            "cAmElExchangeException", "x",
            "kafka.OVERRIDE_TOPIC", "evil",
            "SiemRejected", "x",
            "breadcrumbId", "x",
            "X-Forwarded-For", "192.0.2.1");
    String query = "?CamelHttpUri=http://192.0.2.1/&kafka.KEY=x&bean=evil&camel.main.name=x";
    s.load(new HttpTaker(worker, "/events" + query, hostile));
    s.begin(worker);
    s.write(s.of(2_000, 20_000), 1_000);
    s.fault();
    s.awaitFresh();
    if (worker.said().contains("evil") || worker.said().contains("192.0.2.1")) {
      s.problem("what a client said in a header was listened to");
    }
  }

  // --- bytes

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(ANSWER_MILLIS);
    return socket;
  }

  private static String head(String header, int length) {
    return "POST /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
        .formatted(header, length);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String answer(int port, String header, int length, byte[] body)
      throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head(header, length).getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return exchange(port, request.toByteArray());
  }

  /** Again while there is no room for one more connection. */
  private static String exchange(int port, byte[] request) throws IOException {
    String answer = "";
    for (int i = 0; i < 100 && (answer.isEmpty() || answer.startsWith("HTTP/1.1 503")); i++) {
      try (Socket socket = connect(port)) {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (SocketTimeoutException e) {
        return "nothing";
      } catch (SocketException e) {
        answer = "";
      }
    }
    return answer;
  }
}
