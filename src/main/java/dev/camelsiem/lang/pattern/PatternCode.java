package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** The findings about TEXT formats. */
public enum PatternCode implements DiagnosticCode {
  UNCLOSED_GROUP("XP301", Severity.ERROR, "the group that opens here is never closed with `}`"),
  UNCLOSED_QUOTE("XP302", Severity.ERROR, "the quoted text that opens here is never closed"),
  UNKNOWN_TOKEN("XP303", Severity.ERROR, "`{}` is no token of a TEXT format"),
  WRONG_ARGUMENTS("XP304", Severity.ERROR, "`{}` takes {}, found {}"),
  EMPTY_ARGUMENT("XP305", Severity.ERROR, "the delimiter of `{}` must not be empty"),
  UNEXPECTED("XP306", Severity.ERROR, "expected {}, found `{}`"),
  NESTED_GROUP("XP307", Severity.ERROR, "a group cannot stand inside a group"),
  NOT_REPEATABLE(
      "XP308",
      Severity.ERROR,
      "`{}` takes the whole rest of the text, `{}` after it has no meaning"),
  EMPTY_LITERAL("XP309", Severity.ERROR, "an empty quoted text matches nothing"),
  TOO_LONG("XP311", Severity.ERROR, "the format has {} parts, more than the {} that are allowed"),
  NOTHING_AFTER_REST(
      "XP321",
      Severity.WARNING,
      "nothing can follow `{}`, which takes the whole rest of the text: the format never matches"),
  STRAY_BRACE("XP322", Severity.WARNING, "`}` closes no group and is taken as text"),
  EMPTY_GROUP("XP323", Severity.WARNING, "an empty group does nothing");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  PatternCode(String code, Severity severity, String message) {
    definition = new Definition(code, severity, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
