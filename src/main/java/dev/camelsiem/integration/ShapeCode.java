package dev.camelsiem.integration;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** Findings about the shape of what {@code siem-integrations.yaml} holds. */
enum ShapeCode implements DiagnosticCode {
  UNKNOWN_KEY("XP856", "unknown key `{}`"),
  WRONG_TYPE("XP857", "`{}` must be {}, found {}");

  private final String code;
  private final String message;

  ShapeCode(String code, String message) {
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
