package dev.camelsiem.edge.cli;

import dev.camelsiem.check.trace.ShownValues;
import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.flow.normalize.Normalizer;
import dev.camelsiem.flow.normalize.NormalizerStats;
import dev.camelsiem.flow.normalize.NormalizerWorker;
import dev.camelsiem.flow.normalize.Outcome;
import dev.camelsiem.flow.normalize.RuleCounters;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** One run of {@code siem normalize}: from a stream of lines to the output, in batches. */
final class NormalizeRun {
  private static final int BATCH_BYTES = 256 << 10;
  private static final int MOST_EXPLAINED = 1000;
  private static final int LONGEST_SHOWN = 120;

  private final Normalizer normalizer;
  private final @Nullable BodyFormat format;
  private final CommandLine line;
  private final boolean explain;
  private final NormalizerWorker worker;
  private final long started = System.nanoTime();
  private long events;
  private long bytes;
  private long leftOver;

  NormalizeRun(
      Normalizer normalizer, @Nullable BodyFormat format, CommandLine line, boolean explain) {
    this.normalizer = normalizer;
    this.format = format;
    this.line = line;
    this.explain = explain;
    this.worker = normalizer.newWorker();
  }

  /** Events that were neither normalized nor dropped by a rule. */
  long leftOver() {
    return leftOver;
  }

  /** Normalizes all lines; lines that stop go to the file, when one is given. */
  void run(InputStream in, @Nullable Path unmatched) throws IOException {
    try (OutputStream rest =
        unmatched == null
            ? OutputStream.nullOutputStream()
            : new BufferedOutputStream(Files.newOutputStream(unmatched))) {
      RawLines lines = new RawLines(in, "line");
      List<RawEvent> batch = lines.next(BATCH_BYTES);
      while (!batch.isEmpty()) {
        normalize(batch, rest);
        batch = lines.next(BATCH_BYTES);
      }
    }
    line.getOut().flush();
  }

  private void normalize(List<RawEvent> batch, OutputStream rest) throws IOException {
    EncodedBatch.Builder out = new EncodedBatch.Builder(BATCH_BYTES * 2);
    for (RawEvent event : batch) {
      events++;
      bytes += event.length();
      Outcome outcome = worker.normalize(event, format, out);
      if (!outcome.isNormalized() && outcome.stop() != StopReason.DROPPED_BY_RULE) {
        leftOver++;
        rest.write(event.array(), event.from(), event.length());
        rest.write('\n');
        if (explain && leftOver <= MOST_EXPLAINED) {
          explain(event, outcome);
        }
      }
    }
    write(out.build());
  }

  private void write(EncodedBatch batch) {
    if (batch.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(batch.totalBytes() + batch.size());
    for (int i = 0; i < batch.size(); i++) {
      text.append(
              new String(
                  batch.array(),
                  batch.start(i),
                  batch.end(i) - batch.start(i),
                  StandardCharsets.UTF_8))
          .append('\n');
    }
    line.getOut().append(text);
  }

  private void explain(RawEvent event, Outcome outcome) {
    Outcome full =
        outcome.stop() == StopReason.NO_RULE_MATCHED
            ? worker.explain(Envelope.open(event, format))
            : outcome;
    PrintWriter err = line.getErr();
    StopReason stop = full.stop();
    err.println(
        event.origin()
            + ":"
            + event.position()
            + ": "
            + (stop == null ? "" : stop.code() + ": ")
            + full.detail());
    err.println("  " + shown(event));
  }

  private static String shown(RawEvent event) {
    int length = Math.min(event.length(), LONGEST_SHOWN);
    String text = new String(event.array(), event.from(), length, StandardCharsets.UTF_8);
    return ShownValues.printable(text) + (length < event.length() ? "…" : "");
  }

  void printStats() {
    PrintWriter err = line.getErr();
    NormalizerStats stats = normalizer.stats();
    double seconds = Math.max(1e-9, (System.nanoTime() - started) / 1e9);
    err.printf(
        "%,d events, %,d normalized, in %.2f s (%,.0f events/s, %,.1f MB/s)%n",
        events, stats.normalized(), seconds, events / seconds, bytes / seconds / 1e6);
    if (stats.describedByDefault() > 0) {
      err.printf("%,12d described by default%n", stats.describedByDefault());
    }
    String oddities = normalizer.options().output().oddities();
    if (!oddities.isEmpty()) {
      err.println("lines: " + oddities);
    }
    for (StopReason reason : StopReason.values()) {
      if (stats.stopped(reason) > 0) {
        err.printf("%,12d %s%n", stats.stopped(reason), reason.code());
      }
    }
    stats
        .rules()
        .forEach(
            (id, rule) -> {
              if (rule.normalized() + rule.dropped() + rule.failed() > 0) {
                err.printf("%,12d %s%s%n", rule.normalized(), id, other(rule));
              }
            });
    stats
        .ambiguousPairs()
        .forEach(
            (pair, count) ->
                err.println(
                    "warning: "
                        + pair
                        + " match the same events ("
                        + count
                        + " in the sample); the first one takes them"));
    err.flush();
  }

  private static String other(RuleCounters rule) {
    String dropped = rule.dropped() == 0 ? "" : ", " + rule.dropped() + " dropped";
    return dropped + (rule.failed() == 0 ? "" : ", " + rule.failed() + " failed");
  }
}
