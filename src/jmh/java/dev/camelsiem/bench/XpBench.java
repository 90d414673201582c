package dev.camelsiem.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link XpBenchmark} and prints, for each workload, events per second of each engine on one
 * thread, how we compare, bytes allocated per event, and how cost grows with the number of rules.
 *
 * <p>Arguments go to JMH, such as {@code -wi 3 -i 3 -r 1}; {@code --quick} is short for a run of
 * few minutes. Workloads may be named: {@code w1 wr-1000}.
 */
public final class XpBench {
  private static final String OURS = "camel-siem";
  private static final Map<String, List<String>> ENGINES = new LinkedHashMap<>();

  static {
    List<String> groks = List.of(OURS, "opensearch-grok", "java-grok");
    List<String> jackson = List.of(OURS, "jackson-tokens", "jackson-map");
    ENGINES.put("w1", groks);
    ENGINES.put("w2", List.of(OURS));
    ENGINES.put("w3", jackson);
    ENGINES.put("w4", jackson);
    ENGINES.put("wr-1", groks);
    ENGINES.put("wr-10", groks);
    ENGINES.put("wr-100", groks);
    ENGINES.put("wr-1000", List.of(OURS));
    ENGINES.put("wr-3000", List.of(OURS));
  }

  private record Figure(
      String workload, String engine, double events, double error, double bytes) {}

  private XpBench() {}

  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    List<String> forJmh = new ArrayList<>();
    List<String> workloads = new ArrayList<>();
    boolean quick = false;
    for (String argument : arguments) {
      if (argument.equals("--quick")) {
        quick = true;
      } else if (ENGINES.containsKey(argument)) {
        workloads.add(argument);
      } else {
        forJmh.add(argument);
      }
    }
    CommandLineOptions parent = new CommandLineOptions(forJmh.toArray(String[]::new));
    List<Figure> figures = new ArrayList<>();
    for (String workload : workloads.isEmpty() ? List.copyOf(ENGINES.keySet()) : workloads) {
      figures.addAll(run(workload, parent, quick));
    }
    print(figures, System.out);
  }

  private static List<Figure> run(String workload, CommandLineOptions parent, boolean quick)
      throws RunnerException {
    OptionsBuilder builder = new OptionsBuilder();
    builder
        .parent(parent)
        .include(XpBenchmark.class.getSimpleName() + ".event")
        .param("workload", workload)
        .param("engine", ENGINES.get(workload).toArray(String[]::new))
        .addProfiler(GCProfiler.class);
    if (quick) {
      builder
          .warmupIterations(3)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(3)
          .measurementTime(TimeValue.seconds(1))
          .verbosity(VerboseMode.SILENT);
    }
    Options options = builder.build();
    return new Runner(options).run().stream().map(XpBench::figure).toList();
  }

  private static Figure figure(RunResult result) {
    Result<?> score = result.getPrimaryResult();
    Result<?> bytes = null;
    for (Map.Entry<String, Result> entry : result.getSecondaryResults().entrySet()) {
      if (entry.getKey().endsWith("gc.alloc.rate.norm")) {
        bytes = entry.getValue();
      }
    }
    return new Figure(
        result.getParams().getParam("workload"),
        result.getParams().getParam("engine"),
        score.getScore(),
        score.getScoreError(),
        bytes == null ? Double.NaN : bytes.getScore());
  }

  private static void print(List<Figure> figures, PrintStream out) {
    out.println();
    out.println("workload  engine             events/s        +/-   bytes/event   we are");
    for (Figure figure : figures) {
      double ours = events(figures, figure.workload());
      String ratio =
          figure.engine().equals(OURS) ? "" : String.format("%8.1f x", ours / figure.events());
      out.printf(
          "%-9s %-16s %,10.0f %,10.0f %,13.0f %s%n",
          figure.workload(),
          figure.engine(),
          figure.events(),
          figure.error(),
          figure.bytes(),
          ratio);
    }
    double ten = events(figures, "wr-10");
    for (String many : List.of("wr-100", "wr-1000", "wr-3000")) {
      double events = events(figures, many);
      if (ten > 0 && events > 0) {
        out.printf("%s costs %.2f x as much an event as wr-10%n", many, ten / events);
      }
    }
  }

  private static double events(List<Figure> figures, String workload) {
    return figures.stream()
        .filter(f -> f.workload().equals(workload) && f.engine().equals(OURS))
        .mapToDouble(Figure::events)
        .findFirst()
        .orElse(0);
  }
}
