package dev.camelsiem.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The product, used as anybody would: a process with Camel Main, a route and an integrations file,
 * and a heap of 256 MiB. Whatever happens to it, it is started again on the same files.
 */
final class Worker implements AutoCloseable {
  /** What a supervisor's start script says. */
  private static final List<String> OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  private static final String ROUTE =
      "- route:\n    id: %s\n    from:\n      uri: \"%s\"\n      steps:\n        - to: \"%s\"\n";

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> options = new HashMap<>();
  private List<String> prefix = List.of();
  private Path state;
  private String source = "";
  private String sink = "";
  private String beside = "";

  private String letterOptions = "";
  private Proc process;
  private int runs;
  private final boolean quick;

  /**
   * Prepares one.
   *
   * @param quick whether a quick start counts more than speed later
   */
  Worker(Path folder, boolean quick) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.quick = quick;
    state = folder.resolve("state");
  }

  /** Tails a file. */
  Worker tails(Path input) {
    source =
        "kamelet:siem-file-source?paths=%s&checkpoint={{state}}/checkpoint&deadLetters={{dead}}"
            .formatted(input);
    return this;
  }

  /**
   * Tails files.
   *
   * @param options more options, or others than usual
   */
  Worker tails(String paths, String options) {
    source =
        "kamelet:siem-file-source?paths=%s&checkpoint={{state}}/checkpoint&%s"
            .formatted(paths, options);
    return this;
  }

  /** Takes events by HTTP on a port that it finds. */
  Worker listens() {
    return listens("");
  }

  /**
   * The same, with more options.
   *
   * @param options such as {@code &maxConnections=10}
   */
  Worker listens(String options) {
    source = "kamelet:siem-http-source?port=0&path=/events&deadLetters={{dead}}" + options;
    return this;
  }

  /**
   * Takes syslog on a port.
   *
   * @param options more of them, such as {@code &protocol=udp}
   */
  Worker hears(int port, String options) {
    source = "kamelet:siem-syslog-source?port=%d%s&deadLetters={{dead}}".formatted(port, options);
    return this;
  }

  Worker consumes(String brokers, String topic) {
    source = "kamelet:siem-kafka-source?topic=%s&brokers=%s".formatted(topic, brokers);
    return this;
  }

  /** Writes to a topic instead of to integrations. */
  Worker produces(String brokers, String topic) {
    sink = "kamelet:siem-kafka-sink?topic=%s&brokers=%s".formatted(topic, brokers);
    return this;
  }

  /** More routes in the same process, as YAML. */
  Worker beside(String routes) {
    beside = routes;
    return this;
  }

  /** Where its places and its log are; by default beside its other files. */
  Worker state(Path newState) {
    state = newState;
    return this;
  }

  Path state() {
    return state;
  }

  /** Words before its command. */
  Worker in(List<String> newPrefix) {
    prefix = newPrefix;
    return this;
  }

  Worker environment(Map<String, String> more) {
    environment.putAll(more);
    return this;
  }

  /** An option of the integrations sink. */
  Worker option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /** Replaces the list of integrations, by a rename as editors do. */
  void integrations(String entries) throws IOException {
    Path fresh = folder.resolve("fresh.yaml");
    Files.writeString(fresh, "integrations:\n" + entries);
    Files.move(
        fresh, config(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Replaces the list of integrations and waits until the new one is in force. */
  void integrationsInForce(String entries) throws IOException {
    String said = "new settings in force";
    int before = process.said(said);
    integrations(entries);
    process.awaitSaid(said, before + 1);
  }

  private Path config() {
    return folder.resolve("siem-integrations.yaml");
  }

  /** Starts it, or starts it again, and waits until its routes run. */
  Worker start() throws IOException {
    launch();
    process.awaitSaid("camel-siem ");
    return this;
  }

  /** Starts it and doesn't wait. */
  void launch() throws IOException {
    Files.createDirectories(state);
    Files.writeString(folder.resolve("route.camel.yaml"), route());
    runs++;
    List<String> java = new ArrayList<>(OPTIONS);
    if (quick) {
      java.add("-XX:TieredStopAtLevel=1");
    }
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        Proc.java(
            java,
            dev.camelsiem.edge.launch.Main.class,
            List.of(folder.resolve("route.camel.yaml").toString())));
    process = Proc.start(folder.resolve("said." + runs), environment, command);
  }

  private String route() {
    StringBuilder to = new StringBuilder(sink);
    if (sink.isEmpty()) {
      to.append("kamelet:siem-integrations-sink?config=").append(config());
      to.append("&dataDir={{state}}/data&deadLetters={{dead}}");
      options.forEach((name, value) -> to.append('&').append(name).append('=').append(value));
    }
    String dead = "RAW(kamelet:siem-deadletter-sink?path=" + letters() + letterOptions + ")";
    return (ROUTE.formatted("pipeline", source, to) + beside)
        .replace("{{state}}", state.toString())
        .replace("{{dead}}", dead);
  }

  /** Options of the dead letters, each after an {@code &}. */
  Worker letterOptions(String newOptions) {
    letterOptions = newOptions;
    return this;
  }

  Path letters() {
    return folder.resolve("dead.ndjson");
  }

  /** Events that became dead letters. */
  int deadLetters() throws IOException {
    return Files.exists(letters()) ? Files.readAllLines(letters()).size() : 0;
  }

  Proc process() {
    return process;
  }

  /** All that it said in all its runs. */
  String said() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int run = 1; run <= runs; run++) {
      all.append(Files.readString(folder.resolve("said." + run)));
    }
    return all.toString();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
