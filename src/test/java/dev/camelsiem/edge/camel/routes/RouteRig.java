package dev.camelsiem.edge.camel.routes;

import dev.camelsiem.edge.receiver.Behaviour;
import dev.camelsiem.edge.receiver.Collected;
import dev.camelsiem.edge.receiver.Receiver;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.testing.HeldPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A shipped route that runs in this JVM, with a receiver that plays the SIEM. */
final class RouteRig implements AutoCloseable {
  private final HeldPort held = new HeldPort();
  final int relayPort = held.number();
  final Collected siem = new Collected();
  final List<Object> deadLetters = new CopyOnWriteArrayList<>();

  private final Receiver receiver = Receiver.tcp("127.0.0.1", 0, null, Behaviour.NORMAL, siem);
  private final Main main = new Main();

  private RouteRig() throws IOException {}

  /**
   * @param file below {@code routes/}, or any other path with a slash
   * @param settings over the defaults of the route
   */
  static RouteRig start(String file, Map<String, String> settings) throws Exception {
    String path = file.contains("/") ? file : "routes/" + file;
    return start(List.of(Path.of(path)), "", settings);
  }

  /**
   * Several routes in one process.
   *
   * @param keys more of the integration, as YAML
   */
  static RouteRig start(List<Path> files, String keys, Map<String, String> settings)
      throws Exception {
    RouteRig rig = new RouteRig();
    Main main = rig.main;
    main.addInitialProperty("siem.relay.port", Integer.toString(rig.relayPort));
    main.addInitialProperty("siem.syslog.port", Integer.toString(rig.relayPort));
    main.addInitialProperty("siem.integrations", integrations(rig.receiver.port(), keys));
    main.addInitialProperty("siem.port", Integer.toString(rig.receiver.port()));
    main.addInitialProperty("siem.deadletters", "direct:dead");
    main.addInitialProperty("siem.data", Files.createTempDirectory("siem-route").toString());
    main.addInitialProperty("camel.main.shutdownTimeout", "20");
    settings.forEach(main::addInitialProperty);
    main.configure()
        .withRoutesIncludePattern(
            files.stream().map(file -> "file:" + file).collect(Collectors.joining(",")));
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:dead").process(rig::noteDeadLetters);
              }
            });
    main.start();
    return rig;
  }

  /** The shipped file of integrations with another port. */
  private static String integrations(int port, String keys) throws IOException {
    String shipped = Files.readString(Path.of("routes/siem-integrations.yaml"));
    Path file = Files.createTempDirectory("siem-route").resolve("siem-integrations.yaml");
    return Files.writeString(file, shipped.replace("port: 5514", "port: " + port + keys))
        .toString();
  }

  /** Sends lines to the relay's TCP port on a connection of their own. */
  void send(List<String> lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relayPort)) {
      OutputStream out = socket.getOutputStream();
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private void noteDeadLetters(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    deadLetters.addAll(body instanceof List<?> letters ? letters : List.of(body));
  }

  List<String> deadTexts() {
    return deadLetters.stream()
        .map(one -> one instanceof DeadLetter letter ? letter.event().toString() : one.toString())
        .toList();
  }

  @Override
  public void close() throws IOException {
    try (held) {
      main.stop();
      receiver.close();
    }
  }
}
