package dev.camelsiem.lang.value;

import dev.camelsiem.net.IpAddress;
import dev.camelsiem.net.MacAddress;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

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

  /** The kind of a value. */
  public static ValueKind of(@Nullable Object value) {
    if (value == null) {
      return NULL;
    } else if (value instanceof Text) {
      return STRING;
    } else if (value instanceof Long || value instanceof BigDecimal) {
      return NUMBER;
    } else if (value instanceof Boolean) {
      return BOOL;
    } else if (value instanceof IpAddress) {
      return IP_ADDRESS;
    } else if (value instanceof MacAddress) {
      return MAC_ADDRESS;
    } else if (value instanceof DateTime) {
      return DATE_TIME;
    } else if (value instanceof ListValue) {
      return LIST;
    } else if (value instanceof MapValue) {
      return MAP;
    } else if (value instanceof XmlNode) {
      return XML_NODE;
    } else if (value instanceof Buffer) {
      return BUFFER;
    }
    throw new IllegalArgumentException("not a value of the language: " + value.getClass());
  }
}
