package dev.camelsiem.edge.cli;

import dev.camelsiem.letters.Replayed;
import dev.camelsiem.letters.RequestOutcome;
import dev.camelsiem.letters.Requests;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code siem dlq replay}. */
@Command(
    name = "replay",
    description = {
      "Sends the events of dead letters through the running pipeline again.",
      "They keep their ids and meet the rules and mappings of today. What was replayed before is left",
      "alone.",
      "",
      "Exit status: 0 asked for or, with --wait, all replayed; 1 something could not be read or, with",
      "--wait, some could not be replayed, failed again, or wait still; 2 wrong use, or no such file."
    })
public final class DlqReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ChosenLetters chosen = new ChosenLetters();

  @Option(names = "--again", description = "Also what was replayed before.")
  boolean again;

  @Option(
      names = "--route",
      paramLabel = "ID",
      description = "The route to send them by, instead of the one that each came by.")
  @Nullable String route;

  @Option(
      names = "--wait",
      description = "Waits until the pipeline is done, and says what came of it.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long --wait waits; 0 for ever. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long timeout;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Requests requests = chosen.requests();
    Requests.Asking asking = requests.replay(again, route);
    long events = chosen.ask(asking);
    PrintWriter out = spec.commandLine().getOut();
    List<String> names = asking.send();
    if (names.isEmpty()) {
      out.println("no dead letters fit");
      return chosen.selection.status();
    }
    out.printf("asked for %d letters with %d events%n", asking.letters(), events);
    if (!Replayed.isOpen(chosen.selection.path)) {
      out.println(
          "no pipeline has " + chosen.selection.path + " open: the request waits until one does");
    }
    out.flush();
    return wait ? await(requests, names, events, out) : chosen.selection.status();
  }

  private int await(Requests requests, List<String> names, long events, PrintWriter out)
      throws IOException, InterruptedException {
    LetterRequests waiting = new LetterRequests(requests, spec.commandLine().getErr());
    List<RequestOutcome> outcomes = waiting.await(names, timeout, events);
    Map<String, Long> refused = LetterRequests.refused(outcomes);
    long failedAgain = outcomes.stream().mapToLong(RequestOutcome::failedAgain).sum();
    long gone = outcomes.stream().mapToLong(RequestOutcome::gone).sum();
    out.printf(
        "%d events replayed, %d of them became dead letters again, %d had been replayed before%n",
        outcomes.stream().mapToLong(RequestOutcome::events).sum(),
        failedAgain,
        outcomes.stream().mapToLong(RequestOutcome::before).sum());
    refused.forEach(
        (why, count) -> out.printf("%d letters not replayed: %s%n", count, TerminalText.line(why)));
    if (gone > 0) {
      out.printf("%d letters are not there any more%n", gone);
    }
    if (waiting.cancelled() > 0) {
      out.printf("%d requests were cancelled%n", waiting.cancelled());
    }
    int left = names.size() - outcomes.size() - waiting.cancelled();
    if (left > 0) {
      out.printf("%d requests wait still%n", left);
    }
    out.flush();
    boolean clean =
        outcomes.size() == names.size() && refused.isEmpty() && failedAgain == 0 && gone == 0;
    return clean ? chosen.selection.status() : ExitCode.FINDINGS;
  }
}
