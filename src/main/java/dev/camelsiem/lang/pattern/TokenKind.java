package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.value.ValueKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a TEXT format, one row each. A quoted text is {@link #QUOTED}. */
public enum TokenKind {
  NUMBER(0, 0, ValueKind.NUMBER, "a number"),
  WORD(0, 0, ValueKind.STRING, "a word of letters, digits and `_`"),
  WORDDASH(0, 0, ValueKind.STRING, "a word of letters, digits, `_` and `-`"),
  STRING(0, 0, ValueKind.STRING, "text without blanks"),
  LITERAL(0, 0, ValueKind.STRING, "a character"),
  REST(0, 0, ValueKind.STRING, "the rest of the text"),
  UNTIL(1, 1, ValueKind.STRING, "text that ends with a delimiter"),
  HOSTNAME(0, 0, ValueKind.STRING, "a host name"),
  IPV4(0, 0, ValueKind.IP_ADDRESS, "an IPv4 address"),
  IPV6(0, 0, ValueKind.IP_ADDRESS, "an IPv6 address"),
  MACADDR(0, 0, ValueKind.MAC_ADDRESS, "a MAC address"),
  DATETIME(0, 0, ValueKind.DATE_TIME, "a date and time"),
  CSV(2, 2, ValueKind.LIST, "the rest of the text as a separated list"),
  KEYVALUE(2, 3, ValueKind.MAP, "the rest of the text as pairs of key and value"),
  NTUSER(0, 0, ValueKind.STRING, "a name of the form `domain\\user`"),
  DURATION(0, 0, ValueKind.NUMBER, "a duration such as `1d 02h:03m:04s`"),
  /** A quoted text inside a group; no name in a format leads here. */
  QUOTED(0, 0, ValueKind.STRING, "a text");

  private static final TokenKind[] ALL = values();

  private final int fewestArguments;
  private final int mostArguments;
  private final ValueKind value;
  private final String description;

  TokenKind(int fewestArguments, int mostArguments, ValueKind value, String description) {
    this.fewestArguments = fewestArguments;
    this.mostArguments = mostArguments;
    this.value = value;
    this.description = description;
  }

  /** What it matches, in words that fit after "expected". */
  public String description() {
    return description;
  }

  /** What it gives to a name, unless it is repeated. */
  ValueKind value() {
    return value;
  }

  int fewestArguments() {
    return fewestArguments;
  }

  int mostArguments() {
    return mostArguments;
  }

  /** True for tokens after which no text is left. */
  public boolean takesRest() {
    return this == REST || this == CSV || this == KEYVALUE;
  }

  static @Nullable TokenKind named(String name) {
    for (TokenKind kind : ALL) {
      if (kind != QUOTED && kind.name().equals(name)) {
        return kind;
      }
    }
    return null;
  }

  /** The names that may stand in a format. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (TokenKind kind : ALL) {
      if (kind != QUOTED) {
        names.add(kind.name());
      }
    }
    return names;
  }
}
