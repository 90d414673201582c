package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What the linter warns of: legal, but hardly meant (xp 14). */
public enum LintCode implements DiagnosticCode {
  BARE_NAME("XP901", "`{}` is a field that this rule never sets"),
  IMPOSSIBLE_CASE("XP902", "`{}` never gives a text with {}-case letters such as `{}`"),
  OFFSET_AS_CONDITION("XP903", "`find_substr` gives an offset, and null when nothing is found"),
  OFFSET_ABOVE_ZERO("XP904", "this misses what is found at the very beginning, offset 0"),
  MISSING_FIELDS("XP905", "the rule never sets {} of the fields that every event should have"),
  PARTIAL_CATEGORY("XP906", "the rule sets {} but not {}"),
  UNKNOWN_VALUE("XP907", "`{}` is none of the values of `{}`"),
  UNUSED_SUBFORMULA("XP908", "no submessage applies this subformula"),
  DUPLICATE_CASE("XP909", "the case `{}` stands here for the second time"),
  UNSET_VARIABLE("XP910", "the variable `{}` is never set"),
  USELESS_CALL("XP911", "`{}` gives only {} here: it can do nothing with {} as `{}`"),
  USELESS_ARGUMENT("XP912", "`{}` can do nothing with {} as `{}`"),
  NEVER_SET("XP913", "`{}` can do nothing with {} and stays unset here"),
  DOT_FOR_KEY("XP914", "`{}` is a variable of its own and nothing of `{}`");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  LintCode(String code, String message) {
    definition = new Definition(code, Severity.WARNING, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
