package dev.camelsiem.check.workbench;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What the workbench itself has to report. */
enum WorkbenchCode implements DiagnosticCode {
  STOPPED("XP610", "there is no value: {}");

  private final String code;
  private final String message;

  WorkbenchCode(String code, String message) {
    this.code = code;
    this.message = message;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String message() {
    return message;
  }
}
