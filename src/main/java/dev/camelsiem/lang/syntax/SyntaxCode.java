package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** Findings of the lexer and the parser. */
public enum SyntaxCode implements DiagnosticCode {
  UNEXPECTED_CHARACTER("XP101", "the character `{}` has no meaning here"),
  UNCLOSED_STRING("XP102", "this string is never closed"),
  UNEXPECTED_TOKEN("XP103", "expected {}, found {}"),
  UNCLOSED_BLOCK("XP104", "`{}` has no `{}`"),
  TOO_DEEP("XP105", "nested deeper than {} levels"),
  NUMBER_TOO_LARGE("XP106", "the number `{}` is larger than 9223372036854775807"),
  ASSIGNMENT_IN_CONDITION("XP107", "`=` assigns and cannot stand in a condition"),
  INDEXED_ASSIGNMENT("XP108", "an element of `{}` cannot be assigned"),
  NOT_A_STATEMENT("XP109", "expected a statement, found {}"),
  MISSING_VALUE("XP110", "expected a value, found {}"),
  STRAY_BLOCK_END("XP111", "{} closes nothing here"),
  NO_HEAD("XP112", "{} has no head"),
  SECOND_CONDITION("XP113", "a second `COND`"),
  MISPLACED("XP114", "{} cannot stand inside {}"),
  BAD_UNICODE_ESCAPE("XP115", "`\\u` needs four hexadecimal digits"),
  TOO_LONG("XP116", "the formula has {} characters, more than the {} allowed"),
  FRACTION("XP117", "`{}` has a fraction");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  SyntaxCode(String code, String message) {
    definition = new Definition(code, Severity.ERROR, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
