package dev.camelsiem.check.workbench;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What the workbench itself has to report. */
enum WorkbenchCode implements DiagnosticCode {
  STOPPED("XP610", "there is no value: {}");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  WorkbenchCode(String code, String message) {
    definition = new Definition(code, Severity.ERROR, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
