package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** Findings about names, arguments and structure. */
public enum CompileCode implements DiagnosticCode {
  UNKNOWN_FUNCTION("XP201", Severity.ERROR, "unknown function `{}`"),
  WRONG_ARITY("XP202", Severity.ERROR, "`{}` takes {}, found {}"),
  BAD_ARGUMENT("XP203", Severity.ERROR, "{}"),
  SUBMESSAGE_AS_VALUE("XP204", Severity.ERROR, "`submessage` is a statement and has no value"),
  NOT_CONSTANT("XP205", Severity.ERROR, "the {} of a submessage must be a constant string"),
  UNKNOWN_FORMAT("XP206", Severity.ERROR, "`{}` is no format"),
  BAD_HEADER_CONDITION("XP207", Severity.ERROR, "`{}` is no condition of a structured head"),
  NO_SUBFORMULA("XP208", Severity.WARNING, "there is no subformula `{}`"),
  NO_SUBFORMULA_OF_FORMAT("XP209", Severity.WARNING, "no subformula `{}` has the head {}"),
  DUPLICATE_HEAD("XP210", Severity.WARNING, "this head stands here for the second time"),
  UNKNOWN_FIELD("XP401", Severity.WARNING, "the taxonomy has no field `{}`");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  CompileCode(String code, Severity severity, String message) {
    definition = new Definition(code, severity, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
