package dev.camelsiem.content.rulepackage;

import static dev.camelsiem.lang.diagnostic.Severity.ERROR;
import static dev.camelsiem.lang.diagnostic.Severity.WARNING;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What can be wrong with a rule folder and its metadata. */
public enum PackageCode implements DiagnosticCode {
  NO_RULES("XP510", ERROR, "no rule found here: no folder with a `formula.xp`"),
  UNREADABLE("XP511", ERROR, "cannot be read: {}"),
  NOT_UTF8("XP512", ERROR, "not valid UTF-8 at byte {}"),
  TOO_LARGE("XP513", ERROR, "larger than {} bytes"),
  TOO_MANY("XP514", ERROR, "more than {} rules below the given folders"),
  LINK_LOOP("XP515", WARNING, "a symbolic link that leads back into itself was left out"),
  FOLDER_NAME("XP516", WARNING, "the rule folder `{}` has characters other than A-Z a-z 0-9 _"),

  NO_METAINFO("XP520", WARNING, "the rule has no `metainfo.yaml`"),
  WRONG_KIND("XP521", ERROR, "`{}` must be {}, found {}"),
  NO_KEY("XP522", WARNING, "the key `{}` is missing"),
  OBJECT_ID("XP523", WARNING, "`ObjectId` must look like `ACME-NF-1001`, found `{}`"),
  OBJECT_ID_TWICE("XP524", WARNING, "`ObjectId` {} belongs to {} already"),
  LOCALIZATION_ID_TWICE("XP525", ERROR, "the `LocalizationId` `{}` stands here a second time"),
  NO_ENTRY_KEY("XP526", ERROR, "this event description has no `{}`"),

  NO_LANGUAGE("XP530", WARNING, "the rule has no `i18n/{}`"),
  NO_TEXT("XP531", ERROR, "`{}` of metainfo.yaml has no text here"),
  NO_EVENT_DESCRIPTION("XP532", ERROR, "`{}` is no `LocalizationId` of metainfo.yaml"),
  PLACEHOLDER("XP533", WARNING, "the placeholder `{}` is no field of the taxonomy"),
  OPEN_PLACEHOLDER("XP534", WARNING, "a placeholder is not closed: `{}`"),

  CRITERIA("XP540", ERROR, "criteria: {}"),
  FOREIGN_ID("XP541", WARNING, "the criteria ask for the id `{}`, the rule sets `{}`"),
  NO_ID("XP542", WARNING, "the criteria do not name the rule's id `{}`"),
  UNQUOTED("XP543", WARNING, "`{}` is no field of the taxonomy"),
  DOLLAR("XP544", WARNING, "criteria know fields only, found the variable `${}`");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  PackageCode(String code, Severity severity, String message) {
    definition = new Definition(code, severity, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
