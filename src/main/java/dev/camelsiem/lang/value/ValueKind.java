package dev.camelsiem.lang.value;

/** The kinds of values (xp 4.1), with the words that messages and documents use for them. */
public enum ValueKind {
  NULL("null"),
  BOOL("Bool"),
  NUMBER("Number"),
  STRING("String"),
  IP_ADDRESS("IPAddress"),
  MAC_ADDRESS("MACAddress"),
  DATE_TIME("DateTime"),
  LIST("List"),
  MAP("Map"),
  XML_NODE("XML node"),
  BUFFER("Buffer");

  private final String word;

  ValueKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
