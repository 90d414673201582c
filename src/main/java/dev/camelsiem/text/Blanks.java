package dev.camelsiem.text;

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
    for (int blank = blank(bytes, from, to); blank > 0; blank = blank(bytes, from, to)) {
      from += blank;
    }
    for (int blank = blankBefore(bytes, from, to);
        blank > 0;
        blank = blankBefore(bytes, from, to)) {
      to -= blank;
    }
    return from == text.from() && to == text.to() ? text : Text.of(bytes, from, to);
  }

  private static boolean isInk(byte b) {
    return b > ' ';
  }

  /** Bytes of the blank that ends at {@code to}, 0 when none does. */
  private static int blankBefore(byte[] bytes, int from, int to) {
    for (int length = 1; length <= 3 && to - length >= from; length++) {
      if (blank(bytes, to - length, to) == length) {
        return length;
      }
    }
    return 0;
  }

  /** Bytes of the blank that begins at {@code at}, 0 when none does. */
  private static int blank(byte[] bytes, int at, int to) {
    if (at >= to) {
      return 0;
    }
    int first = bytes[at];
    if (first >= 0) {
      return Ascii.isSpace(first) ? 1 : 0;
    }
    int second = at + 1 < to ? bytes[at + 1] & 0xff : 0;
    int third = at + 2 < to ? bytes[at + 2] & 0xff : 0;
    return switch (first & 0xff) {
      case 0xc2 -> second == 0x85 || second == 0xa0 ? 2 : 0; // next line, no-break space
      case 0xe1 -> second == 0x9a && third == 0x80 ? 3 : 0; // Ogham
      case 0xe2 -> isGeneralBlank(second, third) ? 3 : 0;
      case 0xe3 -> second == 0x80 && third == 0x80 ? 3 : 0; // ideographic
      case 0xef -> second == 0xbb && third == 0xbf ? 3 : 0; // byte order mark
      default -> 0;
    };
  }

  /** U+2000 to U+200B, the separators, U+202F, U+205F and the word joiner. */
  private static boolean isGeneralBlank(int second, int third) {
    if (second == 0x80) {
      return (third >= 0x80 && third <= 0x8b) || third == 0xa8 || third == 0xa9 || third == 0xaf;
    }
    return second == 0x81 && (third == 0x9f || third == 0xa0);
  }
}
