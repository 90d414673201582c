package dev.camelsiem.edge.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code siem integrations ...}. */
@Command(
    name = "integrations",
    description = "Works with siem-integrations.yaml.",
    subcommands = IntegrationsValidateCommand.class)
public final class IntegrationsCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }
}
