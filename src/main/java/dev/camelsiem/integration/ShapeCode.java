package dev.camelsiem.integration;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** Findings about the shape of what {@code siem-integrations.yaml} holds. */
enum ShapeCode implements DiagnosticCode {
  UNKNOWN_KEY("XP856", "unknown key `{}`"),
  WRONG_TYPE("XP857", "`{}` must be {}, found {}");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  ShapeCode(String code, String message) {
    definition = new Definition(code, Severity.ERROR, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
