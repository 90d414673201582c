package dev.camelsiem.bench;

import dev.camelsiem.edge.launch.LaunchSettings;
import dev.camelsiem.edge.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    W1(List.of("openssh.yaml"), "AUTH"),
    W2(List.of("checkpoint.yaml"), "FIREWALL, SYSTEM"),
    W3(List.of("container-runtime.yaml"), "PROCESS, FILE, NETWORK"),
    W4(List.of(), "");

    private final List<Path> mappings;

    /** All that its mapping gives, so that an integration gets every event. */
    private final String categories;

    Workload(List<String> mappings, String categories) {
      this.mappings = mappings.stream().map(MAPPINGS::resolve).toList();
      this.categories = categories;
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

  @Option(
      names = "--log",
      description =
          "Through siem-integrations-sink and its durable log (fsync: batch, confirm: CLOSE)"
              + " instead of siem-syslog-sink; not for w4, whose lines are no CEF.")
  boolean log;

  @Spec CommandSpec spec;

  /** Whether the lines of a workload are such as siem-integrations-sink delivers. */
  static boolean isForIntegrations(String workload) {
    return !Workload.valueOf(workload.toUpperCase(Locale.ROOT)).mappings.isEmpty();
  }

  public static void main(String[] arguments) {
    int status =
        new CommandLine(new Serve()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws Exception {
    if (log && workload.mappings.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--log: the lines of w4 are JSON, and siem-integrations-sink wants CEF");
    }
    Path folder = Files.createDirectories(Path.of("target/bench/serve-" + in));
    Path route = folder.resolve("serve.camel.yaml");
    Path letters = folder.resolve("dead-letters.ndjson");
    String sink = log ? integrations(folder) : BenchRoutes.syslogSink(out);
    Files.writeString(route, BenchRoutes.serve(in, workload.mappings, letters, sink));
    return new Launcher(LaunchSettings.of(List.of(route.toString())), System.out, System.err)
        .whenStarted(() -> System.err.println("listening on 127.0.0.1:" + in))
        .run();
  }

  /** A log of its own for each run: what a run before has left behind is not for this one. */
  private String integrations(Path folder) throws IOException {
    Path data = Files.createTempDirectory(folder, "data-");
    Path file = folder.resolve("siem-integrations.yaml");
    Files.writeString(file, BenchRoutes.integration(out, workload.categories));
    return BenchRoutes.integrationsSink(file, data, workload.mappings);
  }
}
