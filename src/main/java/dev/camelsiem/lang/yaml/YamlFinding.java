package dev.camelsiem.lang.yaml;

import dev.camelsiem.lang.diagnostic.DiagnosticCode;
import dev.camelsiem.lang.diagnostic.Severity;

/** What can be wrong with a YAML text before anybody asks what it means. */
public enum YamlFinding implements DiagnosticCode {
  SYNTAX("XP151", "not valid YAML: {}"),
  DUPLICATE_KEY("XP152", "the key `{}` stands twice in this map"),
  ALIAS("XP153", "anchors and aliases are not supported (`*{}`)"),
  TOO_LARGE("XP154", "the text is longer than {} characters"),
  NOT_A_MAP("XP155", "expected a map of keys, found {}"),
  SEVERAL_DOCUMENTS("XP156", "more than one document in the file");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final Definition definition;

  YamlFinding(String code, String message) {
    definition = new Definition(code, Severity.ERROR, message);
  }

  @Override
  public Definition definition() {
    return definition;
  }
}
