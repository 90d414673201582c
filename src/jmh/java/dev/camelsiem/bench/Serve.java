package dev.camelsiem.bench;

import dev.camelsiem.edge.launch.LaunchSettings;
import dev.camelsiem.edge.launch.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The pipeline as a program between two sockets, to be measured from outside. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Takes raw events of a workload on 127.0.0.1:IN (lines over TCP, any number of",
      "connections), normalizes them with rules/ and sends lines to 127.0.0.1:OUT (over",
      "one TCP connection), until SIGTERM: siem-syslog-source, xp-normalize-action,",
      "siem-syslog-sink. `listening` on standard error says that it is ready."
    },
    footer = {"", "Example: bin/bench serve w1 18101 18102"})
public final class Serve implements Callable<Integer> {
  private static final Path MAPPINGS = Path.of("examples/06-own-cef");

  /** What comes in, and the mapping by which it becomes CEF. */
  enum Workload {
    W1("openssh.yaml"),
    W2("checkpoint.yaml"),
    W3("container-runtime.yaml"),
    W4();

    private final List<Path> mappings;

    Workload(String... mappings) {
      this.mappings = Stream.of(mappings).map(MAPPINGS::resolve).toList();
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "WORKLOAD",
      description =
          "w1 sshd and sudo, w2 Check Point, w3 container runtime: to CEF by the mappings of"
              + " examples/06-own-cef; w4 Windows Security: to normalized JSON.")
  Workload workload = Workload.W1;

  @Parameters(index = "1", paramLabel = "IN", description = "The port to listen on.")
  int in;

  @Parameters(index = "2", paramLabel = "OUT", description = "The port to send to.")
  int out;

  public static void main(String[] arguments) {
    int status =
        new CommandLine(new Serve()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/bench/serve-" + in));
    Path route = folder.resolve("serve.camel.yaml");
    Path letters = folder.resolve("dead-letters.ndjson");
    Files.writeString(route, BenchRoutes.serve(in, out, workload.mappings, letters));
    return new Launcher(LaunchSettings.of(List.of(route.toString())), System.out, System.err)
        .whenStarted(() -> System.err.println("listening on 127.0.0.1:" + in))
        .run();
  }
}
