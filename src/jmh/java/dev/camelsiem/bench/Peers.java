package dev.camelsiem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the harness that measures this pipeline and its rivals, one after the other within each
 * pass, and prints what the medians say. The harness compares every line: a round in which one is
 * missing, doubled or different does not count, and any such round makes this fail.
 */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description =
        "This pipeline (bin/bench serve) beside rsyslog and whatever other rivals are installed:"
            + " lines in over 4 TCP connections, lines out over TCP, every line compared. Prints"
            + " events/s, CPU and memory beside rsyslog's of the same run; and the same pipeline with"
            + " its durable log (fsync: batch), where the workload is CEF.",
    footer = {
      "",
      "Rivals are found by the harness: rsyslogd on the PATH or in /usr/sbin",
      "(Debian: apt-get install rsyslog); syslog-ng on the PATH or in",
      "SYSLOG_NG_ROOT; FLUENT_BIT names its program.",
      "Example: bin/bench peers --works w1,w4 --passes 1"
    })
public final class Peers implements Callable<Integer> {
  private static final String OURS = "ours";
  private static final String LOGGED = "ours+log";
  private static final String YARDSTICK = "rsyslog";

  @Option(
      names = "--harness",
      paramLabel = "DIR",
      defaultValue = "../shared/bench",
      description = "Where run-peers.sh lies (default: ${DEFAULT-VALUE}).")
  Path harness = Path.of("../shared/bench");

  @Option(
      names = "--works",
      split = ",",
      defaultValue = "w1,w2,w3,w4",
      description = "Workloads (default: ${DEFAULT-VALUE}).")
  List<String> works = List.of();

  @Option(
      names = "--passes",
      defaultValue = "3",
      description = "Passes over all peers in turn (default: ${DEFAULT-VALUE}).")
  int passes = 3;

  @Option(
      names = "--rounds",
      defaultValue = "10",
      description =
          "Rounds in one process of a peer, the first of which warms up and does not count"
              + " (default: ${DEFAULT-VALUE}).")
  int rounds = 10;

  @Option(
      names = "--peers",
      split = ",",
      defaultValue = "rsyslog,fluent-bit,syslog-ng,ideal-jvm",
      description = "Rivals, as far as they are there (default: ${DEFAULT-VALUE}).")
  List<String> peers = List.of();

  @Option(
      names = "--temporary",
      paramLabel = "DIR",
      defaultValue = "target/bench/peers",
      description = "Where workloads and results go, some 2 GiB (default: ${DEFAULT-VALUE}).")
  Path temporary = Path.of("target/bench/peers");

  @Option(
      names = "--heap",
      defaultValue = "512m",
      description = "Ours (default: ${DEFAULT-VALUE}).")
  String heap = "512m";

  @Option(names = "--no-log", description = "Leave out the pipeline with its log.")
  boolean withoutLog;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Peers()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path script = harness.resolve("run-peers.sh");
    if (!Files.isRegularFile(script)) {
      System.err.println("peers: no run-peers.sh in " + harness + "; --harness says where it lies");
      return 2;
    }
    for (String work : works) {
      if (!List.of("w1", "w2", "w3", "w4").contains(work)) {
        System.err.println("peers: no workload " + work + "; there are w1, w2, w3 and w4");
        return 2;
      }
    }
    List<PeerRound> results = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      for (String work : works) {
        String rivals = String.join(" ", peers) + " candidate";
        results.addAll(run(script, work, rivals, OURS, "bin/bench serve @WORK@ @IN@ @OUT@"));
        if (!withoutLog && Serve.isForIntegrations(work)) {
          results.addAll(
              run(script, work, "candidate", LOGGED, "bin/bench serve --log @WORK@ @IN@ @OUT@"));
        }
      }
    }
    PeerTable table = new PeerTable(results, YARDSTICK);
    System.out.println();
    System.out.print(table.text(works));
    boolean wrong = results.stream().anyMatch(round -> !round.isRight());
    if (wrong || results.stream().noneMatch(round -> round.peer().equals(OURS))) {
      System.err.println("peers: a round failed; see " + temporary.resolve("run"));
      return 1;
    }
    return 0;
  }

  private List<PeerRound> run(Path script, String work, String who, String ours, String command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString(), "e2e").redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("BENCH_TMP", temporary.toAbsolutePath().toString());
    environment.put("CAND_NAME", ours);
    environment.put("CAND_CMD", command);
    environment.put("PEERS", who);
    environment.put("WORKS", work);
    environment.put("PASSES", "1");
    environment.put("ROUNDS", Integer.toString(rounds));
    environment.putIfAbsent("BENCH_JAVA_OPTS", "-Xmx" + heap + " -XX:+UseParallelGC");
    environment.merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
    Process process = builder.inheritIO().start();
    process.waitFor();
    Path results = temporary.resolve("run/e2e.tsv");
    if (!Files.isRegularFile(results)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(results)) {
      return lines.map(line -> PeerRound.of(Arrays.asList(line.split("\t", -1)))).toList();
    }
  }

  /**
   * One round of one peer.
   *
   * @param cpu microseconds of CPU an event
   * @param memory MiB, the peak
   * @param others percent of the machine that others used meanwhile
   */
  record PeerRound(
      String peer,
      String work,
      int number,
      boolean isRight,
      double rate,
      double cpu,
      double memory,
      double others) {
    /** So much of a machine is left to others in a round that is as good as undisturbed. */
    private static final double QUIET = 20;

    /** A line of the harness: name, work, round, ok, lines, s, events/s, MB/s, CPU s, us, MiB. */
    static PeerRound of(List<String> columns) {
      boolean whole = columns.size() >= 12 && columns.get(3).equals("1");
      return new PeerRound(
          columns.get(0),
          columns.get(1),
          columns.get(2).equals("-") ? -1 : Integer.parseInt(columns.get(2)),
          whole,
          whole ? Double.parseDouble(columns.get(6)) : 0,
          whole ? Double.parseDouble(columns.get(9)) : 0,
          whole ? Double.parseDouble(columns.get(10)) : 0,
          whole ? Double.parseDouble(columns.get(11)) : 0);
    }

    boolean isWarm() {
      return isRight && number > 0;
    }

    boolean isQuiet() {
      return others <= QUIET;
    }
  }

  /** The medians of the rounds that count, a row for each workload and peer. */
  private record PeerTable(List<PeerRound> rounds, String yardstick) {
    String text(List<String> works) {
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "| workload | peer | events/s | to %s | CPU us an event | peak MiB | rounds | disturbed | wrong |%n",
              yardstick));
      text.append("|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
      for (String work : works) {
        List<String> names =
            rounds.stream()
                .filter(round -> round.work().equals(work))
                .map(PeerRound::peer)
                .distinct()
                .toList();
        double measure = median(work, yardstick, Column.RATE);
        for (String peer : names) {
          double rate = median(work, peer, Column.RATE);
          text.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %,.0f | %s | %.2f | %.0f | %d | %d | %d |%n",
                  work,
                  peer,
                  rate,
                  measure > 0 ? String.format(Locale.ROOT, "%.2f", rate / measure) : "-",
                  median(work, peer, Column.CPU),
                  of(work, peer).mapToDouble(PeerRound::memory).max().orElse(0),
                  of(work, peer).count(),
                  of(work, peer).filter(r -> !r.isQuiet()).count(),
                  rounds.stream()
                      .filter(r -> r.work().equals(work) && r.peer().equals(peer) && !r.isRight())
                      .count()));
        }
      }
      return text.toString();
    }

    private enum Column {
      RATE,
      CPU
    }

    /** The warm rounds; those that others have disturbed only when there is no other. */
    private Stream<PeerRound> of(String work, String peer) {
      List<PeerRound> warm =
          rounds.stream()
              .filter(r -> r.isWarm() && r.work().equals(work) && r.peer().equals(peer))
              .toList();
      List<PeerRound> quiet = warm.stream().filter(PeerRound::isQuiet).toList();
      return (quiet.isEmpty() ? warm : quiet).stream();
    }

    /** 0 when no round counts. */
    private double median(String work, String peer, Column column) {
      double[] values =
          of(work, peer)
              .mapToDouble(r -> column == Column.RATE ? r.rate() : r.cpu())
              .sorted()
              .toArray();
      int middle = values.length / 2;
      if (values.length == 0) {
        return 0;
      }
      return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
  }
}
