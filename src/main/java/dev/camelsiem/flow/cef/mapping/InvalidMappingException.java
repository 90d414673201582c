package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.DiagnosticPrinter;
import java.util.List;

/** A mapping cannot be used; the message shows every finding with its place. */
public final class InvalidMappingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> findings;

  InvalidMappingException(String location, List<Diagnostic> findings) {
    super(message(location, findings));
    this.findings = findings;
  }

  public List<Diagnostic> findings() {
    return findings;
  }

  private static String message(String location, List<Diagnostic> findings) {
    DiagnosticPrinter printer = new DiagnosticPrinter(false);
    StringBuilder message = new StringBuilder("mapping ").append(location).append(" has errors\n");
    findings.forEach(finding -> message.append(printer.print(finding)));
    return message.toString().stripTrailing();
  }
}
