package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Span;

/**
 * One piece of a formula.
 *
 * @param text the value of a string after its escapes, the name of a variable without {@code $},
 *     else the text as written
 */
record Token(TokenType type, Span span, String text) {
  boolean is(TokenType other) {
    return type == other;
  }

  /** How a finding calls it. */
  String shown() {
    return switch (type) {
      case VARIABLE -> "`$" + text + "`";
      case NAME, NUMBER -> "`" + text + "`";
      case STRING -> "a string";
      default -> type.shown();
    };
  }
}
