package dev.camelsiem.edge.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code siem dlq ...}. */
@Command(
    name = "dlq",
    description = "Lists, shows, replays and purges dead letters, also while a pipeline runs.",
    subcommands = {
      DlqListCommand.class,
      DlqPurgeCommand.class,
      DlqReplayCommand.class,
      DlqShowCommand.class
    })
public final class DlqCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }
}
