package dev.camelsiem.check.trace;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What explains an evaluation. */
public enum TraceCode implements DiagnosticCode {
  EXPECTED_HERE("XP601", "the pattern expects {} here"),
  FITS_UP_TO_HERE("XP602", "the text fits the pattern up to here"),
  CONDITION_FALSE("XP603", "this condition is false"),
  HEAD_REFUSES("XP604", "the head does not take the event{}"),
  DROPPED_HERE("XP605", "the event is dropped here");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  TraceCode(String code, String message) {
    definition = new Definition(code, Severity.NOTE, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
