package dev.camelsiem.edge.cli;

import dev.camelsiem.letters.RequestOutcome;
import dev.camelsiem.letters.Requests;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Waits for what a pipeline makes of requests, and says how far it is. */
final class LetterRequests {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final Requests requests;
  private final PrintWriter err;
  private String said = "";
  private int cancelled;

  LetterRequests(Requests requests, PrintWriter err) {
    this.requests = requests;
    this.err = err;
  }

  /**
   * Waits until all are over, or were cancelled.
   *
   * @return their outcomes, or fewer when the time was over before or some were cancelled
   */
  List<RequestOutcome> await(List<String> names, long seconds, long events)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + seconds * 1_000_000_000;
    List<RequestOutcome> over = new ArrayList<>();
    try (ProgressBar bar = new ProgressBar(err, ProgressBar.onTerminal(), "events replayed")) {
      bar.total((int) Math.min(Integer.MAX_VALUE, events));
      long shown = 0;
      for (String name : names) {
        RequestOutcome outcome = requests.outcome(name);
        while (!outcome.isDone()
            && !requests.isCancelled(name)
            && (seconds == 0 || System.nanoTime() - until < 0)) {
          say(outcome.waiting());
          Thread.sleep(LOOK_EVERY_MILLIS);
          outcome = requests.outcome(name);
          for (; shown < outcome.events() + outcome.before(); shown++) {
            bar.step();
          }
        }
        outcome = requests.outcome(name); // it may be over since, and its request gone
        if (outcome.isDone()) {
          over.add(outcome);
        } else if (requests.isCancelled(name)) {
          cancelled++;
        }
      }
    }
    return over;
  }

  /** How many of those that were waited for somebody has cancelled. */
  int cancelled() {
    return cancelled;
  }

  private void say(String waiting) {
    if (!waiting.isEmpty() && !waiting.equals(said)) {
      said = waiting;
      err.println("siem: waits: " + TerminalText.line(waiting));
      err.flush();
    }
  }

  /** All refusals of some outcomes, by the reason. */
  static Map<String, Long> refused(List<RequestOutcome> outcomes) {
    Map<String, Long> refused = new TreeMap<>();
    outcomes.forEach(
        each -> each.refused().forEach((why, count) -> refused.merge(why, count, Long::sum)));
    return refused;
  }
}
