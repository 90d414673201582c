package dev.camelsiem.flow.cef;

/**
 * Writes text as CEF wants it (kcs-cef 2.2): one pass from UTF-16 to escaped UTF-8, line breaks and
 * controls made harmless, halves of surrogate pairs replaced.
 */
final class CefText {
  private static final byte COPY = 0;
  private static final byte ESCAPE = 1;
  private static final byte LINE_FEED = 2;
  private static final byte CARRIAGE_RETURN = 3;
  private static final byte BLANK = 4;
  private static final byte CONTROL = 5;
  private static final byte[] IN_EXTENSION = table('\\', '=');
  private static final byte[] IN_HEADER = table('\\', '|');

  private CefText() {}

  private static byte[] table(char... escaped) {
    byte[] table = new byte[128];
    for (int c = 0; c < ' '; c++) {
      table[c] = CONTROL;
    }
    table[0x7F] = CONTROL;
    table['\n'] = LINE_FEED;
    table['\r'] = CARRIAGE_RETURN;
    table['\t'] = BLANK;
    for (char c : escaped) {
      table[c] = ESCAPE;
    }
    return table;
  }

  /** Index of the first character that is not trimmed away. */
  static int trimStart(char[] chars, int from, int to) {
    int i = from;
    while (i < to && isTrimmed(chars[i])) {
      i++;
    }
    return i;
  }

  /** Index behind the last character that is not trimmed away. */
  static int trimEnd(char[] chars, int from, int to) {
    int i = to;
    while (i > from && isTrimmed(chars[i - 1])) {
      i--;
    }
    return i;
  }

  private static boolean isTrimmed(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Where a text ends that is cut to a number of code points; never inside a pair. */
  static int cut(char[] chars, int from, int to, int limit) {
    if (limit < 0 || to - from <= limit) {
      return to;
    }
    int i = from;
    for (int n = 0; n < limit && i < to; n++) {
      i +=
          Character.isHighSurrogate(chars[i])
                  && i + 1 < to
                  && Character.isLowSurrogate(chars[i + 1])
              ? 2
              : 1;
    }
    return trimEnd(chars, from, i);
  }

  /** Writes a value of the extension, already trimmed and cut. */
  static void extension(ByteSink sink, char[] chars, int from, int to) {
    write(sink, chars, from, to, IN_EXTENSION, true);
  }

  /** Writes a field of the header, already trimmed and cut; line breaks become blanks. */
  static void header(ByteSink sink, char[] chars, int from, int to) {
    write(sink, chars, from, to, IN_HEADER, false);
  }

  private static void write(
      ByteSink sink, char[] chars, int from, int to, byte[] table, boolean breaks) {
    byte[] out = sink.room((to - from) * 3);
    int at = sink.at();
    for (int i = from; i < to; i++) {
      char c = chars[i];
      if (c >= 0x80) {
        if (c < 0xA0) {
          out[at++] = '?';
        } else if (c < 0x800) {
          out[at++] = (byte) (0xC0 | c >> 6);
          out[at++] = (byte) (0x80 | c & 0x3F);
        } else if (!Character.isSurrogate(c)) {
          out[at++] = (byte) (0xE0 | c >> 12);
          out[at++] = (byte) (0x80 | c >> 6 & 0x3F);
          out[at++] = (byte) (0x80 | c & 0x3F);
        } else if (Character.isHighSurrogate(c)
            && i + 1 < to
            && Character.isLowSurrogate(chars[i + 1])) {
          at = supplementary(out, at, Character.toCodePoint(c, chars[++i]));
        } else {
          out[at++] = '?';
        }
        continue;
      }
      switch (table[c]) {
        case COPY -> out[at++] = (byte) c;
        case ESCAPE -> {
          out[at++] = '\\';
          out[at++] = (byte) c;
        }
        case LINE_FEED -> at = lineBreak(out, at, 'n', breaks);
        case CARRIAGE_RETURN -> {
          boolean pair = i + 1 < to && chars[i + 1] == '\n';
          i += pair ? 1 : 0;
          at = lineBreak(out, at, pair ? 'n' : 'r', breaks);
        }
        case BLANK -> out[at++] = ' ';
        default -> out[at++] = '?';
      }
    }
    sink.end(at);
  }

  private static int lineBreak(byte[] out, int at, char letter, boolean escaped) {
    if (!escaped) {
      out[at] = ' ';
      return at + 1;
    }
    out[at] = '\\';
    out[at + 1] = (byte) letter;
    return at + 2;
  }

  private static int supplementary(byte[] out, int at, int code) {
    out[at] = (byte) (0xF0 | code >> 18);
    out[at + 1] = (byte) (0x80 | code >> 12 & 0x3F);
    out[at + 2] = (byte) (0x80 | code >> 6 & 0x3F);
    out[at + 3] = (byte) (0x80 | code & 0x3F);
    return at + 4;
  }
}
