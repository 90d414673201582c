package dev.camelsiem.flow.cef.mapping;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What can be wrong with a mapping. */
public enum CefFinding implements DiagnosticCode {
  UNKNOWN_SETTING("XP801", "unknown setting `{}`"),
  MISSING_SETTING("XP802", "`{}` is missing"),
  WRONG_KIND("XP803", "`{}` must be {}, found {}"),
  UNKNOWN_NAME("XP804", "there is no {} `{}`"),
  OUT_OF_RANGE("XP805", "`{}` must be {}..{}, found {}"),
  NOT_IN_DICTIONARY("XP806", "`{}` is not a key of the {} dictionary"),
  BAD_KEY("XP807", "a {} key holds only {}, found `{}`"),
  TYPE_MISMATCH("XP808", "`{}` is of type {} in the {} dictionary and cannot hold {}"),
  NO_LABEL("XP809", "the free slot `{}` needs a label"),
  LABEL_NOT_ALLOWED("XP810", "`{}` is not a free slot and takes no label"),
  TOO_LONG("XP811", "`{}` is longer than the {} characters that are allowed"),
  ENDS_IN_BACKSLASH(
      "XP812", "`{}` must not end in a backslash: common readers miscount the header"),
  SCATTERED_KEY("XP813", "`{}` stands in two places; all its entries must follow each other"),
  SOURCE_OF_VALUE("XP814", "`{}` needs exactly one of `field`, `value` and `constant`"),
  TWICE("XP815", "the word `{}` stands for two things"),
  BAD_PREFIX("XP816", "a family is named by ASCII letters and digits, found `{}`"),
  NOT_PRINTABLE("XP817", "`{}` is empty or holds control characters"),
  NEEDLESS_MARK("XP818", Severity.WARNING, "`{}` is in the {} dictionary; the mark does nothing"),
  NOWHERE("XP819", Severity.WARNING, "the family `{}` has neither category nor runtimeType"),
  NEVER_USED(
      "XP820", Severity.WARNING, "this entry of `{}` is never reached: the one above always wins"),
  NO_TOKEN("XP821", "`{}` must be one word of printable ASCII"),
  BAD_PATTERN("XP822", "`{}` is no pattern of ids: letters, digits, `_`, `-`, `.` and `*`"),
  CYCLE("XP823", "the mapping extends itself: {}"),
  NO_PARENT("XP824", "the mapping that is extended cannot be used: {}"),
  PREFIX_WITHOUT_FIELD("XP825", "the `prefix` of `{}` needs a `field` that it stands before"),
  TWO_SOURCES("XP826", "`field` and `fields` cannot stand together"),
  SEVERITY_ONLY("XP827", "`{}` is the severity in LEEF, 1 to 10, and can be nothing else"),
  OTHER_FORMAT("XP828", "the mapping that is extended is {}: its keys cannot be sent as {}"),
  UNKNOWN_FIELD("XP829", "no normalized event has a field `{}`"),
  UNKNOWN_WORD("XP830", Severity.WARNING, "the taxonomy has no word `{}` for the field `{}`"),
  NO_LAST_CATEGORY(
      "XP831",
      Severity.WARNING,
      "events for which no rule of `categorize` holds have no category and reach no integration");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  CefFinding(String code, String message) {
    this(code, Severity.ERROR, message);
  }

  CefFinding(String code, Severity severity, String message) {
    definition = new Definition(code, severity, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
