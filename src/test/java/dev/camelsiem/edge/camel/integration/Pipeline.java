package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.delivery.LaneStatus;
import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The Kamelet {@code siem-integrations-sink} in a route, for tests. */
final class Pipeline implements AutoCloseable {
  final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
  private final CamelContext context = new DefaultCamelContext();
  private final ProducerTemplate template;
  private final Path config;

  /**
   * Events come by {@link #send}.
   *
   * @param folder gets the settings and the spools
   * @param integrations the list of integrations as YAML
   */
  Pipeline(Path folder, String integrations) throws Exception {
    this(folder, integrations, "direct:in", "");
  }

  /** The same with more options of the Kamelet, each after an {@code &}. */
  static Pipeline with(Path folder, String integrations, String options) throws Exception {
    return new Pipeline(folder, integrations, "direct:in", options);
  }

  /** Events come from the lines of a file, which is tailed. */
  static Pipeline ofFile(Path folder, String integrations, Path file) throws Exception {
    return new Pipeline(
        folder,
        integrations,
        "kamelet:siem-file-source?deadLetters=direct:dead&paths="
            + file
            + "&checkpoint="
            + folder.resolve("checkpoint"),
        "");
  }

  private Pipeline(Path folder, String integrations, String source, String options)
      throws Exception {
    config = folder.resolve("siem-integrations.yaml");
    write(integrations);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from(source)
                .to(
                    "kamelet:siem-integrations-sink?deadLetters=direct:dead&stopTimeout=2000"
                        + "&config="
                        + config
                        + "&dataDir="
                        + folder.resolve("data")
                        + options);
            from("direct:dead")
                .process(
                    exchange -> {
                      for (Object letter : exchange.getMessage().getBody(List.class)) {
                        dead.add((DeadLetter) letter);
                      }
                    });
          }
        });
    context.start();
    template = context.createProducerTemplate();
  }

  /** One entry of the list of integrations. */
  static String tcp(String name, int port) {
    return "  - {name: "
        + name
        + ", address: 127.0.0.1, port: "
        + port
        + ", runtimeEventTypes: [PROCESSES]}\n";
  }

  static String udp(String name, int port) {
    return "  - {name: " + name + ", protocol: UDP, address: 127.0.0.1, port: " + port + "}\n";
  }

  void write(String integrations) throws IOException {
    Path fresh = config.resolveSibling("fresh.yaml");
    Files.writeString(fresh, "integrations:\n" + integrations);
    Files.move(
        fresh,
        config,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** Sends administration events of users {@code N} from one number to another, excluded. */
  Exchange send(int from, int to) {
    return send(IntStream.range(from, to).mapToObj(Pipeline::event).toList());
  }

  Exchange send(List<String> events) {
    List<RawEvent> batch = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      batch.add(RawEvent.of(events.get(i), "test", i + 1));
    }
    return template.send("direct:in", exchange -> exchange.getMessage().setBody(batch));
  }

  /** Sends events as a replay does that is for some integrations alone. */
  Exchange sendOnly(List<String> names, Object events) {
    return template.send(
        "direct:in",
        exchange -> {
          exchange.getMessage().setBody(events);
          exchange.setProperty(DeadLetters.ONLY, names);
        });
  }

  static String event(int number) {
    return "{\"id\":\"ADM-001\",\"time\":\"2025-02-18T10:07:28Z\",\"status\":\"Success\",\"user\":\""
        + number
        + "\",\"source\":\"kcs-middleware-0\",\"sourceIp\":\"10.10.0.15\"}";
  }

  /** The numbers in the lines that a receiver got. */
  static int[] numbers(List<String> lines) {
    return lines.stream().mapToInt(Pipeline::number).toArray();
  }

  static int number(String line) {
    int at = line.indexOf("suser=") + 6;
    return Integer.parseInt(line, at, line.indexOf(' ', at), 10);
  }

  IntegrationRouter router() {
    return context.getRegistry().findSingleByType(IntegrationRouter.class);
  }

  boolean isFailing(String name) {
    LaneStatus status = status(name);
    return status.failures() > 0 || status.state() == SenderState.STALLED;
  }

  LaneStatus status(String name) {
    return router().status().stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A file of numbered events, one a line. */
  static Path eventFile(Path file, int events) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < events; i++) {
        out.write(event(i));
        out.newLine();
      }
    }
    return file;
  }

  @Override
  public void close() {
    context.stop();
  }
}
