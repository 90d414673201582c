package dev.camelsiem.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** What one receiver is to see. */
final class Expectation {
  /** Most events of a window, and how many windows a fault may repeat. */
  static final int WINDOW = 2000;

  private static final int WINDOWS_PER_FAULT = 2;

  final Receiver receiver;
  IntPredicate wanted = number -> true;

  /** Faults that reach this receiver; without one, all comes once and in order. */
  int faults;

  /** How many events may be missing; a row that damages what is kept says how many. */
  int mayLose;

  /** How many events may come again beside those windows. */
  int mayRepeat;

  /** It speaks no TLS and is spoken to in TLS: what comes is no line. */
  boolean hearsNoise;

  /** Milliseconds between writing and receiving, for rows that bound it. */
  long mostLag = Long.MAX_VALUE;

  Expectation(Receiver receiver) {
    this.receiver = receiver;
  }

  int lost(int written) throws IOException {
    Seen seen = receiver.seen();
    int lost = 0;
    for (int number = 0; number < written; number++) {
      if (wanted.test(number) && seen.times(number) == 0) {
        lost++;
      }
    }
    return lost;
  }

  List<String> problems(int written) throws IOException {
    Seen seen = receiver.seen();
    List<String> problems = new ArrayList<>();
    int lost = lost(written);
    note(problems, lost > mayLose, "lost %d, may lose %d", lost, mayLose);
    long most = (long) faults * WINDOWS_PER_FAULT * WINDOW + mayRepeat;
    note(problems, seen.repeats() > most, "repeated %d, at most %d", seen.repeats(), most);
    note(problems, unexpected(written) > 0, "%d that it does not want", unexpected(written));
    note(problems, !hearsNoise && seen.corrupted() > 0, "corrupt %s", seen.corruptExamples());
    if (faults == 0) {
      note(problems, seen.outOfOrder() > 0, "%d out of order", seen.outOfOrder());
      note(problems, seen.worstLag() > mostLag, "%d ms late", seen.worstLag());
    }
    return problems;
  }

  private int unexpected(int written) throws IOException {
    Seen seen = receiver.seen();
    int unexpected = 0;
    for (int number = 0; number <= seen.highest(); number++) {
      if (seen.times(number) > 0 && (number >= written || !wanted.test(number))) {
        unexpected++;
      }
    }
    return unexpected;
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void note(List<String> problems, boolean bad, String text, Object... values) {
    if (bad) {
      problems.add(receiver.name + ": " + text.formatted(values));
    }
  }
}
