package dev.camelsiem.edge.camel.http;

import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.RawEvent;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Routes with HTTP sources, and raw connections to them. */
final class HttpRig implements Closeable {
  static final String GOOD = "{\"id\":\"ADM-001\"}";
  private static final int PATIENCE = 60_000;
  private static final Duration LONG = Duration.ofMinutes(1);

  final Main main = new Main();
  final List<RawEvent> taken = Collections.synchronizedList(new ArrayList<>());
  private int routes;
  volatile Processor step = exchange -> {};

  /** Starts one route for each of the options. */
  static HttpRig start(String... options) throws Exception {
    HttpRig rig = new HttpRig();
    rig.main.addInitialProperty("camel.main.shutdownTimeout", "20");
    for (String each : options) {
      rig.add(each, true);
    }
    try {
      rig.main.start();
    } catch (Exception e) {
      rig.main.stop();
      throw e;
    }
    return rig;
  }

  HttpRig add(String options, boolean starts) {
    int number = routes++;
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                String port = options.contains("port=") ? "" : "&port=0";
                from("kamelet:siem-http-source?deadLetters=mock:letters" + port + options)
                    .routeId("route" + number)
                    .autoStartup(starts)
                    .process(
                        exchange -> {
                          step.process(exchange);
                          List<?> body = exchange.getMessage().getBody(List.class);
                          body.forEach(event -> taken.add((RawEvent) event));
                        });
              }
            });
    return this;
  }

  static List<URI> urls(CamelContext context) {
    return context.getRoutes().stream()
        .map(route -> route.getConsumer() instanceof HttpConsumer http ? http.url() : null)
        .filter(Objects::nonNull)
        .map(URI::create)
        .toList();
  }

  static int port(CamelContext context) {
    return urls(context).get(0).getPort();
  }

  int port() {
    return port(main.getCamelContext());
  }

  /** An open connection; a read that takes a minute fails. */
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  /** Sends these characters and returns all that comes until the other side closes. */
  String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return all(socket.getInputStream());
    }
  }

  /**
   * As {@link #raw} for a request whose body never comes: when the answer is there, so is the end
   * of what we send, which the server would wait for.
   */
  String refused(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      String answer = answer(socket);
      socket.shutdownOutput();
      return answer + all(socket.getInputStream());
    }
  }

  /** A connection from another address than the others'. */
  Socket connectFrom(String address) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), port(), InetAddress.getByName(address), 0);
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String all(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The next answer of a connection: its head and, by its length, its body. */
  static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int length = text.indexOf("content-length: ");
    if (length < 0) {
      return text;
    }
    int from = length + "content-length: ".length();
    int count = Integer.parseInt(text.substring(from, text.indexOf('\r', from)));
    return text + new String(in.readNBytes(count), StandardCharsets.UTF_8);
  }

  static String post(String head, String body) {
    return "POST /events HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(head, body.length(), body);
  }

  /** A good request over a connection of its own. */
  String good() throws IOException {
    return raw(post("Host: localhost\r\nConnection: close\r\n", GOOD));
  }

  /** The server of the first route. */
  HttpServer server() {
    return main.getCamelContext().getRoutes().stream()
        .map(route -> route.getConsumer())
        .filter(HttpConsumer.class::isInstance)
        .map(HttpConsumer.class::cast)
        .findFirst()
        .orElseThrow()
        .server();
  }

  /** No connection, no request, no byte, no answer that is owed. */
  void awaitNothingHeld() {
    HttpServer server = server();
    await().atMost(LONG).until(() -> server.requests().taken() == 0);
    await().atMost(LONG).until(() -> server.budget().heldBytes() == 0);
    await().atMost(LONG).until(() -> server.unanswered().awaitNone(Duration.ofNanos(1)));
    await().atMost(LONG).until(() -> server.connections().taken() == 0);
  }

  @Override
  public void close() {
    main.stop();
  }
}
