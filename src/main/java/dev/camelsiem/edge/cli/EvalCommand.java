package dev.camelsiem.edge.cli;

import dev.camelsiem.check.RawText;
import dev.camelsiem.check.workbench.Answer;
import dev.camelsiem.check.workbench.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem eval}: evaluates XP on the spot. */
@Command(
    name = "eval",
    description = {
      "Evaluates an expression, statements or a whole formula of XP.",
      "With an event, its variables can be used: the members of a JSON object, what an event-log"
          + " event exposes, the root of an XML document, or @|bold $text|@ for a line of text.",
      "Without arguments on a terminal it opens a session with history and completion; without a"
          + " terminal it reads the formula from standard input."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  siem eval 'csv(\"/usr/bin/id\", \"/\", \"\")[2]'",
      "  siem eval 'keyvalue($msg, \" \", \"=\")[\"user\"]' event.json",
      "  siem eval \"TEXT = '{time=DATETIME} {\\$rest=REST}'\" '2024-01-02 03:04:05 hello'",
      "  siem eval                                        (a session)",
      "",
      "Exit status: 0 there is a value, 1 errors or no match, 2 wrong use."
    })
public final class EvalCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "XP",
      description = "An expression, statements, or a formula that begins with its head.")
  @Nullable String xp;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "EVENT",
      description = "The raw event: a file, - for standard input, or the text itself.")
  @Nullable String event;

  @Override
  public Integer call() throws IOException {
    RawText raw = event == null ? null : EventArgument.read(spec, event);
    Workbench workbench = new Workbench(raw);
    if (xp == null && ProgressBar.onTerminal()) {
      new EvalSession(spec.commandLine(), workbench).run();
      return ExitCode.CLEAN;
    }
    String input = xp == null ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : xp;
    Answer answer = workbench.run(input);
    print(spec.commandLine().getOut(), spec.commandLine().getErr(), answer);
    return answer.ok() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }

  private void print(PrintWriter out, PrintWriter err, Answer answer) {
    new FindingsPrinter(spec.commandLine(), err, FindingsPrinter.Format.TEXT)
        .print(answer.findings());
    answer.assignments().forEach(out::println);
    if (answer.value() != null) {
      out.println(answer.value());
    }
  }
}
