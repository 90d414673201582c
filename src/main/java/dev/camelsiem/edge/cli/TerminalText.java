package dev.camelsiem.edge.cli;

/** Text from outside, made harmless for a terminal: no control character reaches it. */
final class TerminalText {
  private TerminalText() {}

  /** On one line: every control, format and unpaired character is written as an escape. */
  static String line(String text) {
    return escape(text, false);
  }

  /** The same with line feeds and tabs as they are. */
  static String lines(String text) {
    return escape(text, true);
  }

  /** On one line, and no longer than so many characters. */
  static String line(String text, int most) {
    String safe = line(text.length() > most ? text.substring(0, most) : text);
    return safe.length() > most || text.length() > most
        ? safe.substring(0, Math.min(safe.length(), most - 1)) + "…"
        : safe;
  }

  private static String escape(String text, boolean layout) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (layout && (c == '\n' || c == '\t') || isHarmless(c)) {
        safe.appendCodePoint(c);
      } else if (c == '\n') {
        safe.append("\\n");
      } else if (c == '\r') {
        safe.append("\\r");
      } else if (c == '\t') {
        safe.append("\\t");
      } else if (c < 0x100) {
        safe.append("\\x")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        safe.append("\\u{").append(Integer.toHexString(c)).append('}');
      }
    }
    return safe.toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
