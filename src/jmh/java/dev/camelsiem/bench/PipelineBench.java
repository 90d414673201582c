package dev.camelsiem.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The whole pipeline as a user runs it: a file of runtime events is tailed, mapped to CEF, filtered
 * and delivered over TCP.
 *
 * <p>The pipeline is a process of its own. A round moves a file of events to where the pipeline
 * looks, so that writing it is not measured, and ends when the last line has arrived at the
 * collector, which checks that every line came once and in order. Round 0 warms up and is not in
 * the summary.
 */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    description = "File to TCP end to end: events/s, CPU per event, peak memory.")
public final class PipelineBench implements Callable<Integer> {
  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "Events a round (default: ${DEFAULT-VALUE}).")
  int events;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description = "Rounds, the first is warm-up (default: ${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--heap",
      defaultValue = "256m",
      description = "Heap of the pipeline's process (default: ${DEFAULT-VALUE}).")
  String heap;

  @Option(
      names = "--route",
      defaultValue = "integrations",
      description =
          "integrations: through siem-integrations-sink and its synced log; interval, off: the same with"
              + " that fsync; direct: siem-cef-action, filter and siem-syslog-sink, without a log; all:"
              + " direct and integrations one after the other, with their ratio"
              + " (default: ${DEFAULT-VALUE}).")
  String route;

  @Option(
      names = "--integrations",
      defaultValue = "1",
      description = "How many, all with one encoding (default: ${DEFAULT-VALUE}).")
  int integrations;

  @Option(
      names = "--rare",
      description = "Integrations behind the first want hardly any of the events.")
  boolean rare;

  @Option(
      names = "--java-option",
      description = "Another option for the pipeline's JVM; may be repeated.")
  List<String> javaOptions = new ArrayList<>();

  @Option(names = "--timeout", defaultValue = "120", description = "Seconds a round may take.")
  int timeoutSeconds;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new PipelineBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (rounds < 2) {
      System.err.println("--rounds: 2 at least, the first is warm-up");
      return 2;
    }
    System.out.printf(
        Locale.ROOT,
        "%,d events a round, heap %s, %d processors, Java %s%n",
        events,
        heap,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    if (!route.equals("all")) {
      return run(route, integrations) == null ? 1 : 0;
    }
    double[] direct = run("direct", 1);
    double[] log = run("integrations", integrations);
    if (direct == null || log == null) {
      return 1;
    }
    System.out.printf(
        Locale.ROOT,
        "with the log: %.0f %% of the events/s, %.2f x the CPU of the same pipeline without it%n",
        100 * log[0] / direct[0],
        log[1] / direct[1]);
    return 0;
  }

  /** The medians of one route: events/s, CPU, memory; null when a line was wrong. */
  private double[] run(String kind, int receivers) throws Exception {
    Path folder = Files.createTempDirectory("siem-bench");
    List<LineCollector> collectors = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int i = 0; i < receivers; i++) {
        ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        ports.add(server.getLocalPort());
        collectors.add(new LineCollector(server));
      }
      Path input = Files.createDirectory(folder.resolve("input"));
      Process pipeline = start(kind, folder, input, ports);
      try {
        System.out.println("route " + kind + ", " + receivers + " receivers");
        return measure(pipeline, rare ? collectors.subList(0, 1) : collectors, input);
      } finally {
        pipeline.destroy();
        pipeline.waitFor();
      }
    } finally {
      for (LineCollector collector : collectors) {
        collector.close();
      }
      delete(folder);
    }
  }

  private double[] measure(Process pipeline, List<LineCollector> collectors, Path input)
      throws Exception {
    give(write(input, RuntimeEvents.lines(0, 1)));
    await(pipeline, collectors, 1);
    List<double[]> measured = new ArrayList<>();
    long sent = 1;
    for (int round = 0; round < rounds; round++) {
      byte[] text = RuntimeEvents.lines(sent, events);
      Path written = write(input, text);
      double cpu = cpuSeconds(pipeline.pid());
      long begin = System.nanoTime();
      give(written);
      sent += events;
      await(pipeline, collectors, sent);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double used = cpuSeconds(pipeline.pid()) - cpu;
      double[] row = {events / seconds, used * 1e6 / events, peakMebibytes(pipeline.pid())};
      System.out.printf(
          Locale.ROOT,
          "%-8s %,10.0f events/s  %6.2f us CPU/event  %4.0f MiB peak  %6.1f MB/s in%n",
          round == 0 ? "warm-up" : "round " + round,
          row[0],
          row[1],
          row[2],
          text.length / 1e6 / seconds);
      if (round > 0) {
        measured.add(row);
      }
    }
    long wrong = collectors.stream().mapToLong(LineCollector::wrong).sum();
    if (wrong > 0) {
      System.out.printf("WRONG: %,d lines out of order or not as expected%n", wrong);
      return null;
    }
    double[] medians = {median(measured, 0), median(measured, 1), median(measured, 2)};
    System.out.printf(
        Locale.ROOT,
        "median   %,10.0f events/s  %6.2f us CPU/event  %4.0f MiB peak; every line once and in order%n",
        medians[0],
        medians[1],
        medians[2]);
    return medians;
  }

  private void await(Process pipeline, List<LineCollector> collectors, long lines)
      throws Exception {
    for (LineCollector collector : collectors) {
      await(pipeline, collector, lines);
    }
  }

  private void await(Process pipeline, LineCollector collector, long lines) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
    while (!collector.waitFor(lines, 100)) {
      if (!pipeline.isAlive()) {
        throw new IllegalStateException("the pipeline ended with " + pipeline.exitValue());
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "only "
                + collector.lines()
                + " of "
                + lines
                + " lines within "
                + timeoutSeconds
                + " s");
      }
    }
  }

  private Process start(String kind, Path folder, Path input, List<Integer> ports)
      throws IOException {
    Path routes = folder.resolve("bench.camel.yaml");
    Files.writeString(routes, BenchRoutes.yaml(kind, folder, input, ports, rare));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.addAll(javaOptions);
    command.addAll(
        List.of("-cp", classPath(), "dev.camelsiem.edge.launch.Main", routes.toString()));
    Process pipeline =
        new ProcessBuilder(command)
            .directory(folder.toFile()) // its dead letters are its own
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(pipeline::destroyForcibly));
    return pipeline;
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Writes a file that the pipeline does not read yet. */
  private static Path write(Path input, byte[] text) throws IOException {
    return Files.write(Files.createTempFile(input, "events", ".tmp"), text);
  }

  private static void give(Path written) throws IOException {
    Files.move(written, Path.of(written + ".ndjson"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.UTF_8);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return ticks / 100.0;
  }

  private static double peakMebibytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }

  private static double median(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).sorted().toArray()[rows.size() / 2];
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
