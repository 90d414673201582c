package dev.camelsiem.edge.cli;

import dev.camelsiem.edge.launch.LaunchException;
import dev.camelsiem.edge.launch.LaunchSettings;
import dev.camelsiem.edge.launch.Launcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem run}: the pipeline as a program. */
@Command(
    name = "run",
    description = "Runs routes until stopped; without arguments the shipped pipeline.",
    footer = {
      "",
      "Settings: the application.properties beside each route file, then the files given here,",
      "then --set, environment variables and -D system properties (SIEM_JAVA_OPTS)."
    })
final class RunCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "ROUTES",
      description =
          "Route files (*.camel.yaml), folders of them, and *.properties files."
              + " Default: "
              + LaunchSettings.DEFAULT_ROUTES)
  List<String> routes = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting for this run, for example --set siem.http.port=9090.")
  List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals <= 0) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--set wants KEY=VALUE, not `" + override + "`");
      }
      System.setProperty(override.substring(0, equals).strip(), override.substring(equals + 1));
    }
    try {
      return new Launcher(LaunchSettings.of(routes), System.out, System.err).run();
    } catch (LaunchException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
