package dev.camelsiem.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of its own that can be sent signals; what it says is in a file. Linux only. */
final class Proc implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String LISTEN = "0A";

  private final Process process;
  private final Path said;

  private Proc(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /**
   * Starts a process.
   *
   * @param said gets its standard output and error
   */
  static Proc start(Path said, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
    builder.environment().putAll(environment);
    return new Proc(builder.start(), said);
  }

  /** A command line for a main class of this build. */
  static List<String> java(List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Runs a command to its end; fails with what it said when it doesn't succeed. */
  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + out.strip());
    }
    return out;
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line to its standard input. */
  void tell(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  void signal(String name) throws IOException {
    run("kill", "-" + name, Long.toString(pid()));
  }

  /** Kill -9, and waits until it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, and waits for the end, for at most half a minute. */
  boolean terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor(30, TimeUnit.SECONDS);
  }

  /** Waits until what it said contains a text; fails when it ends before. */
  void awaitSaid(String part) {
    awaitSaid(part, 1);
  }

  /** How often what it said contains a text. */
  int said(String part) {
    return said().split(Pattern.quote(part), -1).length - 1;
  }

  /** Waits until what it said contains a text so often; fails when it ends before. */
  void awaitSaid(String part, int times) {
    await("`" + part + "` from " + said)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              boolean ended = !alive();
              boolean enough = said(part) >= times;
              if (ended && !enough) {
                throw new IllegalStateException("it ended and said: " + said());
              }
              return enough;
            });
  }

  /** Waits until it listens on TCP, and returns the lowest such port. */
  int awaitPort() {
    await("a port of " + said)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!alive()) {
                throw new IllegalStateException("it ended and said: " + said());
              }
              return !ports().isEmpty();
            });
    try {
      return ports().stream().min(Integer::compare).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<Integer> ports() throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      for (Path file : files.toList()) {
        if (Files.isSymbolicLink(file)) {
          sockets.add(link(file));
        }
      }
    }
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      Path lines = Path.of("/proc/" + pid() + "/net/" + table);
      for (String line : Files.exists(lines) ? Files.readAllLines(lines) : List.<String>of()) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals(LISTEN) && sockets.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private static String link(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  int openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return (int) files.count();
    }
  }

  /** A number from its status, such as Threads or VmRSS (in kB). */
  int status(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith(key + ":")) {
        return Integer.parseInt(line.substring(key.length() + 1).replace("kB", "").strip());
      }
    }
    throw new IOException("no " + key + " for process " + pid());
  }

  @Override
  public void close() {
    if (alive()) {
      kill();
    }
  }
}
