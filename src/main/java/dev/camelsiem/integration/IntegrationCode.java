package dev.camelsiem.integration;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** Findings about the values of {@code siem-integrations.yaml}. */
public enum IntegrationCode implements DiagnosticCode {
  REQUIRED("XP860", "required", "`{}` is required: {}"),
  FORMAT("XP861", "format", "`{}` must be {}, found `{}`"),
  RANGE("XP862", "range", "`{}` must be {}, found {}"),
  UNKNOWN("XP863", "unknown", "`{}` must be {}, not `{}`"),
  LENGTH("XP864", "length", "`{}` must be {}, found {}"),
  DUPLICATE("XP865", "duplicate", "`{}` must be {}, found `{}`"),
  CONFLICT("XP866", "conflict", "`{}` {}"),
  FILE("XP867", "file", "cannot read {}: {}"),
  WEAK("XP868", "weak", Severity.WARNING, "`{}` {}"),
  NO_INTEGRATION(
      "XP869", "empty", Severity.WARNING, "the file names no integration, so nothing is delivered"),
  OLD_KEY("XP870", "old", Severity.WARNING, "`{}` {}");

  private final String suffix;

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  IntegrationCode(String code, String suffix, String message) {
    this(code, suffix, Severity.ERROR, message);
  }

  IntegrationCode(String code, String suffix, Severity severity, String message) {
    this.suffix = suffix;
    definition = new Definition(code, severity, message);
  }

  /** The second half of a {@link FieldProblem#key()}. */
  public String suffix() {
    return suffix;
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
