package dev.camelsiem.content.yaml;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What can be wrong with a YAML text, whatever it is about. */
public enum YamlCode implements DiagnosticCode {
  NOT_YAML("XP501", "not valid YAML: {}"),
  DUPLICATE_KEY("XP502", "the key `{}` stands here a second time"),
  ALIAS("XP503", "anchors and aliases are not allowed here, found `*{}`"),
  TOO_DEEP("XP504", "nested deeper than {} levels");

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
