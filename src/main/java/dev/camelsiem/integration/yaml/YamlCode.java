package dev.camelsiem.integration.yaml;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** Findings about the form of a YAML text and the shape of what it holds. */
public enum YamlCode implements DiagnosticCode {
  SYNTAX("XP850", "not readable as YAML: {}"),
  EMPTY("XP851", "the file is empty"),
  SECOND_DOCUMENT("XP852", "a second document follows; one file holds one document"),
  TOO_DEEP("XP853", "nested deeper than {} levels"),
  DUPLICATE_KEY("XP854", "the key `{}` stands here a second time"),
  ALIAS("XP855", "the alias `*{}` is not supported; write the value out"),
  UNKNOWN_KEY("XP856", "unknown key `{}`"),
  WRONG_TYPE("XP857", "`{}` must be {}, found {}");

  private final String code;
  private final String message;

  YamlCode(String code, String message) {
    this.code = code;
    this.message = message;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public String message() {
    return message;
  }
}
