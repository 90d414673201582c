package dev.camelsiem.edge.cli;

import dev.camelsiem.letters.Requests;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The dead letters that a command is to do something with: a filter, or all of them. */
final class ChosenLetters {
  @Mixin LetterSelection selection = new LetterSelection();

  @Option(names = "--all", description = "All letters; needed when no filter is given.")
  boolean all;

  /** Whether nobody has narrowed it down. */
  boolean isEverything() {
    return all && !selection.isNarrow();
  }

  /** The requests of a pipeline that has the letters open. */
  Requests requests() {
    if (!all && !selection.isNarrow()) {
      throw new CommandLine.ParameterException(
          selection.spec.commandLine(), "which letters? Give a filter, or --all");
    }
    return new Requests(selection.path);
  }

  /** Asks for all that were chosen; tells how many events they hold. */
  long ask(Requests.Asking asking) throws IOException {
    long[] events = {0};
    selection.each(
        letter -> {
          asking.add(letter);
          events[0] += letter.count();
          return true;
        });
    return events[0];
  }
}
