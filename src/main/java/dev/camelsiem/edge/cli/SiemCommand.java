package dev.camelsiem.edge.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line; each command is a class of this package. */
@Command(
    name = "siem",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Security events in, normalized and mapped to CEF, delivered to SIEM integrations.",
    footer = {
      "",
      "Exit status: 0 clean, 1 findings, 2 wrong use.",
      "Completion: source <(siem generate-completion)"
    },
    subcommands = {
      CefCommand.class,
      DebugCommand.class,
      DlqCommand.class,
      EvalCommand.class,
      ExplainCommand.class,
      GenerateCompletion.class,
      IntegrationsCommand.class,
      ListenCommand.class,
      NormalizeCommand.class,
      RunCommand.class,
      TestCommand.class,
      ValidateCommand.class,
    })
public final class SiemCommand implements Runnable {
  @Spec CommandSpec spec;

  /** Without a command: the help, and the exit status of wrong use. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }

  /** The command line as it runs, so that tests call what users call. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new SiemCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          PrintWriter err = failed.getErr();
          err.println(failed.getColorScheme().errorText("siem: " + failure));
          if (System.getenv("SIEM_DEBUG") != null) {
            failure.printStackTrace(err);
          } else {
            err.println("Set SIEM_DEBUG=1 to see where it happened.");
          }
          return ExitCode.USAGE;
        });
    return line;
  }

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    int status = commandLine().execute(arguments);
    System.out.flush();
    System.exit(status);
  }
}
