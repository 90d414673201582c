package dev.camelsiem.edge.cli;

import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.LetterJson;
import dev.camelsiem.letters.Sums;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code siem dlq list}. */
@Command(
    name = "list",
    description = {
      "Lists dead letters, the newest last, and how many there are of each reason.",
      "Exit status: 0 done, also when there are none; 1 something could not be read; 2 wrong use, or",
      "no such file."
    })
public final class DlqListCommand implements Callable<Integer> {
  private static final int MOST_DETAIL = 100;
  private static final int MOST_PLACE = 60;

  @Spec CommandSpec spec;
  @Mixin LetterSelection selection = new LetterSelection();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many letters are shown, the newest; 0 for all. Default: ${DEFAULT-VALUE}.",
      defaultValue = "50")
  int limit;

  @Option(
      names = "--json",
      description =
          "One JSON object a line: letters as they are in the file, with their state; sums.")
  boolean json;

  private final Map<String, Count> counts = new TreeMap<>();

  private static final class Count {
    private long letters;
    private long events;
    private long open;
    private Instant last = Instant.EPOCH;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Deque<Letter> newest = new ArrayDeque<>();
    if (!json) {
      out.printf(
          "%-8s %-20s %-8s %-22s %-20s %5s %6s %s%n",
          "LETTER", "TIME", "STATE", "REASON", "STAGE", "TRIES", "EVENTS", "PLACE  DETAIL");
    }
    selection.each(
        letter -> {
          count(letter);
          if (limit <= 0) {
            print(out, letter);
          } else {
            newest.addLast(letter);
            if (newest.size() > limit) {
              newest.removeFirst();
            }
          }
          return true;
        });
    for (Letter letter : newest) {
      print(out, letter);
    }
    if (json) {
      for (Sums.Sum sum : selection.sums()) {
        out.print(new String(Sums.line(sum), StandardCharsets.UTF_8));
      }
    } else {
      printCounts(out);
      printSums(out);
    }
    out.flush();
    return selection.status();
  }

  private void count(Letter letter) throws IOException {
    Count count = counts.computeIfAbsent(letter.reason(), key -> new Count());
    count.letters++;
    count.events += letter.count();
    count.open += selection.isReplayed(letter) ? 0 : 1;
    count.last = letter.time().isAfter(count.last) ? letter.time() : count.last;
  }

  private String state(Letter letter) throws IOException {
    return selection.isReplayed(letter) ? "replayed" : "open";
  }

  private void print(PrintWriter out, Letter letter) throws IOException {
    if (json) {
      String line = new String(LetterJson.line(letter), StandardCharsets.UTF_8).stripTrailing();
      out.println(line.substring(0, line.length() - 1) + ",\"state\":\"" + state(letter) + "\"}");
      return;
    }
    String place = letter.event().origin() + ":" + letter.event().position();
    String of = letter.integrations().isEmpty() ? "" : letter.integrations() + " ";
    out.printf(
        "%-8s %-20s %-8s %-22s %-20s %5d %6d %s  %s%n",
        letter.name(),
        seconds(letter.time()),
        state(letter),
        TerminalText.line(letter.reason()),
        TerminalText.line(letter.stage(), 20),
        letter.attempts(),
        letter.count(),
        TerminalText.line(place, MOST_PLACE),
        TerminalText.line(of + letter.detail(), MOST_DETAIL));
  }

  private void printCounts(PrintWriter out) {
    out.println();
    String row = "%-22s %8d %10d %8d %8d  %s%n";
    out.printf(
        "%-22s %8s %10s %8s %8s  %s%n", "REASON", "LETTERS", "EVENTS", "OPEN", "DONE", "LAST");
    long letters = 0;
    long events = 0;
    long open = 0;
    for (Map.Entry<String, Count> each : counts.entrySet()) {
      Count count = each.getValue();
      out.printf(
          row,
          TerminalText.line(each.getKey()),
          count.letters,
          count.events,
          count.open,
          count.letters - count.open,
          seconds(count.last));
      letters += count.letters;
      events += count.events;
      open += count.open;
    }
    out.printf(row, "all", letters, events, open, letters - open, "");
  }

  private void printSums(PrintWriter out) throws IOException {
    var sums = selection.sums();
    if (sums.isEmpty()) {
      return;
    }
    out.println();
    out.println("Not kept, only counted (share: over its origin's share; dropped: all was full):");
    out.printf(
        "%-8s %-22s %-20s %10s %12s %-20s %s%n",
        "WHY", "REASON", "STAGE", "EVENTS", "BYTES", "LAST", "ORIGIN  BEGINNING OF THE FIRST");
    for (Sums.Sum sum : sums) {
      out.printf(
          "%-8s %-22s %-20s %10d %12d %-20s %s  %s%n",
          TerminalText.line(sum.key().why()),
          TerminalText.line(sum.key().reason()),
          TerminalText.line(sum.key().stage(), 20),
          sum.count(),
          sum.bytes(),
          seconds(sum.lastTime()),
          TerminalText.line(sum.key().origin(), MOST_PLACE),
          TerminalText.line(new String(sum.sample(), StandardCharsets.UTF_8), MOST_PLACE));
    }
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
