package dev.camelsiem.edge.cli;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappingLoader;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.cef.mapping.MappingPage;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticPrinter;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem cef mapping}: checks a mapping file, or prints it for people. */
@Command(
    name = "mapping",
    description = {
      "Checks a CEF mapping; each mistake is shown with its line and what to write instead.",
      "",
      "The shipped mapping is " + CefMappings.CONTAINER_SECURITY + "."
    })
public final class CefMappingCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The mapping: a file or classpath:... Default: the shipped one.",
      defaultValue = CefMappings.CONTAINER_SECURITY)
  String mapping = CefMappings.CONTAINER_SECURITY;

  @Option(
      names = "--markdown",
      description = "Print families, severities and keys as tables in Markdown.")
  boolean markdown;

  @Option(names = "--source", description = "Print the file itself: the start of a copy.")
  boolean source;

  @Override
  public Integer call() {
    CefMappingLoader.Loaded loaded;
    try {
      if (source) {
        spec.commandLine().getOut().print(CefMappings.text(mapping));
        spec.commandLine().getOut().flush();
        return ExitCode.CLEAN;
      }
      loaded = CefMappings.check(mapping);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    report(loaded);
    return loaded.findings().isEmpty() ? ExitCode.CLEAN : ExitCode.FINDINGS;
  }

  private void report(CefMappingLoader.Loaded loaded) {
    PrintWriter err = spec.commandLine().getErr();
    boolean colour = spec.commandLine().getColorScheme().ansi().enabled();
    DiagnosticPrinter printer = new DiagnosticPrinter(colour);
    for (Diagnostic finding : loaded.findings()) {
      err.println(printer.print(finding));
    }
    err.flush();
    CefMapping checked = loaded.mapping();
    if (checked != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          markdown
              ? MappingPage.of(checked)
              : mapping
                  + ": "
                  + checked.families().size()
                  + " families, "
                  + checked.extension().stream().map(key -> key.key()).distinct().count()
                  + " keys\n");
      out.flush();
    }
  }
}
