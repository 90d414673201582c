package dev.camelsiem.edge.cli;

import dev.camelsiem.check.workbench.Answer;
import dev.camelsiem.check.workbench.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;

/** A session of {@code siem eval} on a terminal: history, completion, input over several lines. */
final class EvalSession {
  private static final String HELP =
      """
      An expression shows its value, which is $it afterwards; statements are kept.
      A formula with its own head is run against the event.
        :event FILE|TEXT   take this raw event
        :reset             forget all statements
        :help              this text
        :quit              leave (also Ctrl+D)
      """;

  private final CommandLine line;
  private final Workbench workbench;

  EvalSession(CommandLine line, Workbench workbench) {
    this.line = line;
    this.workbench = workbench;
  }

  void run() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      run(terminal, historyFile());
    }
  }

  /** Reads and answers until the end of the input. */
  void run(Terminal terminal, Path history) {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(new XpLineParser())
            .completer(new XpCompleter())
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "...> ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    PrintWriter out = terminal.writer();
    out.println("XP session; :help explains, Ctrl+D leaves. " + about());
    while (true) {
      try {
        String input = reader.readLine("xp> ").strip();
        if (input.equals(":quit")) {
          return;
        }
        answer(input, out);
      } catch (UserInterruptException e) {
        out.println("(Ctrl+D leaves)");
      } catch (EndOfFileException e) {
        return;
      }
      out.flush();
    }
  }

  private void answer(String input, PrintWriter out) {
    if (input.isEmpty()) {
      return;
    }
    if (input.startsWith(":")) {
      command(input, out);
      return;
    }
    Answer answer = workbench.run(input);
    new FindingsPrinter(line, out, FindingsPrinter.Format.TEXT).print(answer.findings());
    answer.assignments().forEach(out::println);
    if (answer.value() != null) {
      out.println(answer.value());
    }
  }

  private void command(String input, PrintWriter out) {
    if (input.equals(":reset")) {
      workbench.reset();
    } else if (input.startsWith(":event ")) {
      event(input.substring(7).strip(), out);
    } else {
      out.print(HELP);
    }
  }

  private void event(String argument, PrintWriter out) {
    try {
      workbench.event(EventArgument.read(line.getCommandSpec(), argument));
      out.println(about());
    } catch (CommandLine.ParameterException e) {
      out.println(e.getMessage());
    }
  }

  private String about() {
    return "The event is read as " + workbench.head().strip();
  }

  private static Path historyFile() {
    String state = System.getenv("XDG_STATE_HOME");
    Path home = Path.of(System.getProperty("user.home", "."));
    Path folder = state == null ? home.resolve(".local/state") : Path.of(state);
    return folder.resolve("camel-siem/eval-history");
  }
}
