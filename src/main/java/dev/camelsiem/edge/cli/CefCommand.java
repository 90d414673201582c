package dev.camelsiem.edge.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code siem cef}: events to CEF lines and back, without a route. */
@Command(
    name = "cef",
    synopsisSubcommandLabel = "COMMAND",
    description = "Maps security events to CEF lines, and takes CEF lines apart.",
    subcommands = {CefDecodeCommand.class, CefEncodeCommand.class, CefMappingCommand.class})
public final class CefCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "decode, encode or mapping?");
  }
}
