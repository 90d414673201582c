package dev.camelsiem.check.ruletest;

import static dev.camelsiem.lang.diagnostic.Severity.ERROR;
import static dev.camelsiem.lang.diagnostic.Severity.WARNING;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What can be said of rule tests. */
public enum TestCode implements DiagnosticCode {
  NO_NORM("XP701", ERROR, "the raw event has no expectation `norm_{}.js`"),
  NO_RAW("XP702", ERROR, "the expectation has no raw event `raw_{}.txt`"),
  BROKEN_NORM("XP703", ERROR, "the expectation is broken: {}"),
  BROKEN_RAW("XP704", ERROR, "the raw event is broken: {}"),
  NO_MATCH("XP705", ERROR, "the rule does not match the raw event"),
  DROPPED("XP706", ERROR, "the rule drops the raw event"),
  FAILED("XP707", ERROR, "the evaluation was given up: {}"),
  DIFFERENT("XP708", ERROR, "the event is not as expected: {}"),
  RULE_BROKEN("XP709", ERROR, "the formula has errors, so no test can pass"),
  NO_TESTS("XP710", WARNING, "the rule has no tests"),
  NOTHING_FOUND("XP711", ERROR, "no rule test found below {}"),
  EMPTY_NORM("XP712", WARNING, "the expectation is empty, so any event passes"),
  NO_CRITERIA("XP713", WARNING, "no criteria hold for the event of `raw_{}.txt`"),
  NEVER_TAKEN("XP720", WARNING, "no test goes this way"),
  NEVER_PASSED("XP721", WARNING, "no test goes past this: there is no `else`"),
  NEVER_CAPTURED("XP722", WARNING, "no test captures `{}` here");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  TestCode(String code, Severity severity, String message) {
    definition = new Definition(code, severity, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
