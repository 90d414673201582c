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
  WEAK("XP868", "weak", "`{}` {}"),
  NO_INTEGRATION("XP869", "empty", "the file names no integration, so nothing is delivered"),
  OLD_KEY("XP870", "old", "`{}` {}");

  private final String code;
  private final String suffix;
  private final String message;

  IntegrationCode(String code, String suffix, String message) {
    this.code = code;
    this.suffix = suffix;
    this.message = message;
  }

  @Override
  public String code() {
    return code;
  }

  /** The second half of a {@link FieldProblem#key()}. */
  public String suffix() {
    return suffix;
  }

  @Override
  public Severity severity() {
    return switch (this) {
      case WEAK, NO_INTEGRATION, OLD_KEY -> Severity.WARNING;
      default -> Severity.ERROR;
    };
  }

  @Override
  public String message() {
    return message;
  }
}
