package dev.camelsiem.lang.value;

/**
 * The white space that conversions drop around a value: all of Unicode's, and the characters
 * without width that web pages and byte order marks leave behind. Formats, splitting and
 * comparisons know that of {@link Ascii} alone.
 */
public final class Blanks {
  private Blanks() {}

  /** The text without the blanks around it. */
  public static Text trim(Text text) {
    if (text.isEmpty() || (isInk(text.byteAt(0)) && isInk(text.byteAt(text.length() - 1)))) {
      return text;
    }
    byte[] bytes = text.array();
    int from = text.from();
    int to = text.to();
    while (from < to && isBlank(Utf8.codePoint(bytes, from, to))) {
      from = Utf8.next(bytes, from, to);
    }
    while (to > from) {
      int last = lastCharacter(bytes, from, to);
      if (!isBlank(Utf8.codePoint(bytes, last, to))) {
        break;
      }
      to = last;
    }
    return from == text.from() && to == text.to() ? text : Text.of(bytes, from, to);
  }

  private static boolean isInk(byte b) {
    return b > ' ';
  }

  /** Where the last character begins; a blank has at most three bytes. */
  private static int lastCharacter(byte[] bytes, int from, int to) {
    int at = to - 1;
    while (at > from && to - at < 3 && Utf8.isTail(bytes[at])) {
      at--;
    }
    return Utf8.next(bytes, at, to) == to ? at : to - 1;
  }

  private static boolean isBlank(int c) {
    if (c < 0x80) {
      return Ascii.isSpace(c);
    }
    return switch (c) {
      case 0x85, 0x200b, 0x2060, 0xfeff -> true;
      default -> Character.isSpaceChar(c);
    };
  }
}
