package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.testing.HeldPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.impl.DefaultCamelContext;

/** A running {@code siem-syslog-source} on a port of its own, and what came through it. */
final class SyslogRig implements AutoCloseable {
  final int port;
  final List<RawEvent> events = new CopyOnWriteArrayList<>();
  final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
  final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();
  final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();

  private final HeldPort held;
  private final CamelContext context = new DefaultCamelContext();
  private final Map<String, String> options = new LinkedHashMap<>();

  private SyslogRig(HeldPort held) {
    this.held = held;
    port = held.number();
  }

  static SyslogRig start(String options) throws Exception {
    return start(options, exchange -> {});
  }

  /**
   * @param options as in a query string
   * @param step runs before a batch is noted
   */
  static SyslogRig start(String options, Processor step) throws Exception {
    SyslogRig rig = new SyslogRig(new HeldPort());
    rig.options.put("port", Integer.toString(rig.port));
    rig.options.put("deadLetters", "direct:dead");
    rig.options.put("retryDelay", "10");
    for (String option : options.isEmpty() ? new String[0] : options.split("&")) {
      String[] pair = option.split("=", 2);
      rig.options.put(pair[0], pair[1]);
    }
    rig.run(step);
    return rig;
  }

  private void run(Processor step) throws Exception {
    List<String> query = new ArrayList<>();
    options.forEach((key, value) -> query.add(key + "=" + value));
    String uri = "kamelet:siem-syslog-source?" + String.join("&", query);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri).routeId("under-test").process(step).process(SyslogRig.this::note);
            from("direct:dead").process(SyslogRig.this::noteDeadLetters);
          }
        });
    context.getShutdownStrategy().setTimeout(20);
    context.start();
  }

  @SuppressWarnings("unchecked")
  private void note(Exchange exchange) {
    List<RawEvent> batch = exchange.getMessage().getBody(List.class);
    batchSizes.add(batch.size());
    headers.add(exchange.getMessage().getHeaders());
    events.addAll(batch);
  }

  @SuppressWarnings("unchecked")
  private void noteDeadLetters(Exchange exchange) {
    deadLetters.addAll(exchange.getMessage().getBody(List.class));
  }

  CamelContext context() {
    return context;
  }

  SyslogReceiver receiver() {
    return context.getEndpoints().stream()
        .filter(NettyEndpoint.class::isInstance)
        .map(endpoint -> ((NettyEndpoint) endpoint).getConfiguration())
        .map(configuration -> (SyslogReceiver) configuration.getServerInitializerFactory())
        .findFirst()
        .orElseThrow();
  }

  List<String> texts() {
    return events.stream().map(RawEvent::toString).toList();
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** From 127.0.0.{@code last}. */
  Socket connectFrom(int last) throws IOException {
    InetAddress own = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    return new Socket(InetAddress.getLoopbackAddress(), port, own, 0);
  }

  /** Sends over a connection of its own, which is closed afterwards. */
  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }
  }

  void datagram(byte[] bytes) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }
  }

  @Override
  public void close() throws IOException {
    try (held) {
      context.stop();
    }
  }
}
