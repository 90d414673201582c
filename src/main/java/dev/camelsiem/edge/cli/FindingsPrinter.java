package dev.camelsiem.edge.cli;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticJson;
import dev.camelsiem.lang.diagnostic.DiagnosticPrinter;
import java.io.PrintWriter;
import java.util.Collection;
import picocli.CommandLine;

/** Prints findings: drawn for people, or one JSON object a line for tools. */
final class FindingsPrinter {
  /** How findings are printed. */
  enum Format {
    TEXT,
    JSON
  }

  private final PrintWriter out;
  private final Format format;
  private final DiagnosticPrinter drawn;

  FindingsPrinter(CommandLine line, PrintWriter out, Format format) {
    this.out = out;
    this.format = format;
    this.drawn = new DiagnosticPrinter(line.getColorScheme().ansi().enabled());
  }

  void print(Collection<Diagnostic> findings) {
    findings.forEach(this::print);
  }

  void print(Diagnostic finding) {
    if (format == Format.JSON) {
      out.println(DiagnosticJson.line(finding));
    } else {
      out.println(drawn.print(finding));
    }
  }
}
