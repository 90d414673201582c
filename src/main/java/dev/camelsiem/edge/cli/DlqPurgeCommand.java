package dev.camelsiem.edge.cli;

import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.Replayed;
import dev.camelsiem.letters.RequestOutcome;
import dev.camelsiem.letters.Requests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code siem dlq purge}. */
@Command(
    name = "purge",
    description = {
      "Removes dead letters for good.",
      "A running pipeline does it, file by file; without one the command does it itself. With --all",
      "the sums go, too.",
      "",
      "Exit status: 0 removed, 1 not removed: not agreed to, not done in time, or not to be read;",
      "2 wrong use, or no such file."
    })
public final class DlqPurgeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ChosenLetters chosen = new ChosenLetters();

  @Option(names = "--yes", description = "Asks nothing.")
  boolean yes;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for the pipeline; 0 for ever. Default: ${DEFAULT-VALUE}.",
      defaultValue = "300")
  long timeout;

  private boolean cancelled;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Requests requests = chosen.requests();
    boolean sums = chosen.isEverything();
    Requests.Asking asking = requests.purge(sums);
    long events = chosen.ask(asking);
    PrintWriter out = spec.commandLine().getOut();
    if (asking.letters() == 0 && !sums) {
      out.println("no dead letters fit");
      return chosen.selection.status();
    }
    if (!yes && !agreed(asking.letters(), events, out)) {
      out.println("nothing was removed");
      return ExitCode.FINDINGS;
    }
    List<RequestOutcome> outcomes =
        Replayed.isOpen(chosen.selection.path)
            ? ask(requests, asking)
            : List.of(Replayed.purge(chosen.selection.path, this::fits, sums));
    if (outcomes.isEmpty()) {
      out.println(
          cancelled
              ? "the request was cancelled"
              : "the pipeline has not done it within " + timeout + " s; the request stays");
      return ExitCode.FINDINGS;
    }
    out.println(
        outcomes.stream().mapToLong(RequestOutcome::events).sum() + " dead letters removed");
    Map<String, Long> unreadable = LetterRequests.refused(outcomes);
    unreadable.keySet().forEach(why -> out.println("left as it is: " + TerminalText.line(why)));
    return unreadable.isEmpty() ? chosen.selection.status() : ExitCode.FINDINGS;
  }

  /** What came of it; nothing when it took too long. */
  private List<RequestOutcome> ask(Requests requests, Requests.Asking asking)
      throws IOException, InterruptedException {
    List<String> names = asking.send();
    LetterRequests waiting = new LetterRequests(requests, spec.commandLine().getErr());
    List<RequestOutcome> outcomes = waiting.await(names, timeout, 0);
    cancelled = waiting.cancelled() > 0;
    return outcomes.size() < names.size() ? List.of() : outcomes;
  }

  private boolean fits(Letter letter) {
    try {
      return chosen.selection.fits(letter);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean agreed(long letters, long events, PrintWriter out) throws IOException {
    out.print("Remove " + letters + " dead letters with " + events + " events for good? [y/N] ");
    out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    @Nullable String answer = in.readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
