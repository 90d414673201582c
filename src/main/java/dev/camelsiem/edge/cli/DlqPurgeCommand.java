package dev.camelsiem.edge.cli;

import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.Outcome;
import dev.camelsiem.letters.Replayed;
import dev.camelsiem.letters.Requests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code siem dlq purge}. */
@Command(
    name = "purge",
    description = {
      "Removes dead letters for good. A running pipeline does it, file by file; without one the",
      "command does it itself. With --all the sums go, too.",
      "",
      "Exit status: 0 removed, 1 not removed: not agreed to, or not done in time; 2 wrong use, or",
      "no such file."
    })
public final class DlqPurgeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin LetterSelection selection = new LetterSelection();

  @Option(names = "--all", description = "All letters; needed when no filter is given.")
  boolean all;

  @Option(names = "--yes", description = "Asks nothing.")
  boolean yes;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for the pipeline; 0 for ever. Default: ${DEFAULT-VALUE}.",
      defaultValue = "300")
  long timeout;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!all && !selection.isNarrow()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "which letters? Give a filter, or --all");
    }
    boolean sums = all && !selection.isNarrow();
    Requests requests = new Requests(selection.path);
    Requests.Asking asking = requests.purge(sums);
    selection.each(
        spec.commandLine(),
        letter -> {
          asking.add(letter);
          return true;
        });
    PrintWriter out = spec.commandLine().getOut();
    if (asking.letters() == 0 && !sums) {
      out.println("no dead letters fit");
      return ExitCode.CLEAN;
    }
    if (!yes && !agreed(asking.letters(), out)) {
      out.println("nothing was removed");
      return ExitCode.FINDINGS;
    }
    long removed = Replayed.isOpen(selection.path) ? ask(requests, asking) : remove(sums);
    if (removed < 0) {
      out.println("the pipeline has not done it within " + timeout + " s; the request stays");
      return ExitCode.FINDINGS;
    }
    out.println(removed + " dead letters removed");
    return ExitCode.CLEAN;
  }

  /** Those that were removed, or -1 when it took too long. */
  private long ask(Requests requests, Requests.Asking asking)
      throws IOException, InterruptedException {
    List<String> names = asking.send();
    LetterRequests waiting = new LetterRequests(requests, spec.commandLine().getErr());
    List<Outcome> outcomes = waiting.await(names, timeout, 0);
    return outcomes.size() < names.size() ? -1 : outcomes.stream().mapToLong(Outcome::events).sum();
  }

  private long remove(boolean sums) throws IOException {
    return Replayed.purge(selection.path, this::fits, sums).events();
  }

  private boolean fits(Letter letter) {
    try {
      return selection.fits(letter);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean agreed(long letters, PrintWriter out) throws IOException {
    out.print("Remove " + letters + " dead letters for good? [y/N] ");
    out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    @Nullable String answer = in.readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
