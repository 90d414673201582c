package dev.camelsiem.lang.function;

/** What a parameter takes and a function gives, as documents name it. */
public enum FunctionType {
  ANY("Any"),
  BOOL("Bool"),
  BUFFER("Buffer"),
  DATETIME("DateTime"),
  IP("IPAddress"),
  LIST("List"),
  MAC("MACAddress"),
  MAP("Map"),
  NUMBER("Number"),
  STRING("String");

  private final String word;

  FunctionType(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
