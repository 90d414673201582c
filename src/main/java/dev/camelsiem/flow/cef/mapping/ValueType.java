package dev.camelsiem.flow.cef.mapping;

import java.util.Set;

/** The form of a value on the wire (kcs-cef 2.3), and the dictionary types that may hold it. */
public enum ValueType {
  STRING("string", "string"),
  /** 32 bits. */
  INTEGER("integer", "integer", "integer64", "long", "double", "string", "type"),
  /** 64 bits. */
  LONG("long", "integer64", "long", "double", "string"),
  DOUBLE("double", "double", "string"),
  /** 0..65535. */
  PORT("port", "integer", "integer64", "long", "string"),
  /** IPv4, also when it is wrapped in IPv6; other IPv6 addresses are not sent. */
  IPV4("ipv4", "ipv4", "ip", "string"),
  /** IPv6 in the form of RFC 5952; IPv4 addresses are not sent. */
  IPV6("ipv6", "ipv6", "ip", "string"),
  MAC("mac", "mac", "string"),
  /** Epoch milliseconds. */
  TIMESTAMP("timestamp", "timestamp", "string"),
  /** Octal with a leading zero; a JSON number is taken as mode_t. */
  FILE_MODE("fileMode", "string");

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // a Set.of, immutable
  private final Set<String> dictionaryTypes;

  ValueType(String word, String... dictionaryTypes) {
    this.word = word;
    this.dictionaryTypes = Set.of(dictionaryTypes);
  }

  /** As mappings write it. */
  public String word() {
    return word;
  }

  boolean fits(String dictionaryType) {
    return dictionaryTypes.contains(dictionaryType);
  }
}
