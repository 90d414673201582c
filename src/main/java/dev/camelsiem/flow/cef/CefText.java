package dev.camelsiem.flow.cef;

import dev.camelsiem.text.Utf8;

/**
 * Writes text as a line wants it (for CEF kcs-cef 2.2): one pass from UTF-8 to escaped UTF-8, line
 * breaks and controls made harmless, bytes that are no UTF-8 replaced by U+FFFD. What is done with
 * a byte of ASCII says a table.
 */
final class CefText {
  private static final byte COPY = 0;
  private static final byte ESCAPE = 1;
  private static final byte LINE_FEED = 2;
  private static final byte CARRIAGE_RETURN = 3;
  private static final byte BLANK = 4;
  private static final byte CONTROL = 5;
  private static final byte MULTI_BYTE = 6;
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private CefText() {}

  /** Some characters get a backslash; controls become question marks. */
  static byte[] table(String escaped) {
    return table(escaped, ESCAPE, CONTROL);
  }

  /** Nothing gets a backslash; some characters and controls become blanks. */
  static byte[] plainTable(String blanked) {
    return table(blanked, BLANK, BLANK);
  }

  private static byte[] table(String special, byte forSpecial, byte forControl) {
    byte[] table = new byte[256];
    for (int c = 0; c < ' '; c++) {
      table[c] = forControl;
    }
    table[0x7F] = forControl;
    for (int c = 0x80; c < 256; c++) {
      table[c] = MULTI_BYTE;
    }
    table['\n'] = LINE_FEED;
    table['\r'] = CARRIAGE_RETURN;
    table['\t'] = BLANK;
    for (int i = 0; i < special.length(); i++) {
      table[special.charAt(i)] = forSpecial;
    }
    return table;
  }

  /** Index of the first byte that is not trimmed away. */
  static int trimStart(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isTrimmed(bytes[i])) {
      i++;
    }
    return i;
  }

  /** Index behind the last byte that is not trimmed away. */
  static int trimEnd(byte[] bytes, int from, int to) {
    int i = to;
    while (i > from && isTrimmed(bytes[i - 1])) {
      i--;
    }
    return i;
  }

  private static boolean isTrimmed(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Where a text ends that is cut to a number of code points; never inside one. */
  static int cut(byte[] bytes, int from, int to, int limit) {
    if (limit < 0 || to - from <= limit) {
      return to;
    }
    int i = from;
    for (int n = 0; n < limit && i < to; n++) {
      i = Utf8.next(bytes, i, to);
    }
    return i == to ? to : trimEnd(bytes, from, i);
  }

  /**
   * Writes a text, already trimmed and cut.
   *
   * @param breaks whether line breaks are escaped; else they become blanks
   */
  static void write(ByteSink sink, byte[] bytes, int from, int to, byte[] table, boolean breaks) {
    byte[] out = sink.room((to - from) * 3);
    byte control = table[0x7F] == CONTROL ? (byte) '?' : (byte) ' ';
    int at = sink.at();
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      switch (table[b & 0xFF]) {
        case COPY -> out[at++] = b;
        case ESCAPE -> {
          out[at++] = '\\';
          out[at++] = b;
        }
        case LINE_FEED -> at = lineBreak(out, at, 'n', breaks);
        case CARRIAGE_RETURN -> {
          boolean pair = i + 1 < to && bytes[i + 1] == '\n';
          i += pair ? 1 : 0;
          at = lineBreak(out, at, pair ? 'n' : 'r', breaks);
        }
        case BLANK -> out[at++] = ' ';
        case MULTI_BYTE -> {
          int length = Utf8.length(bytes, i, to);
          at = character(out, at, bytes, i, length, control);
          i += Math.abs(length) - 1;
        }
        default -> out[at++] = '?';
      }
    }
    sink.end(at);
  }

  /**
   * A character of more than one byte; a control is none, and bytes that are no character are one.
   *
   * @param control stands for a control
   */
  private static int character(
      byte[] out, int at, byte[] bytes, int from, int length, byte control) {
    if (length < 0) {
      System.arraycopy(REPLACEMENT, 0, out, at, REPLACEMENT.length);
      return at + REPLACEMENT.length;
    }
    if (length == 2 && (bytes[from] & 0xFF) == 0xC2 && (bytes[from + 1] & 0xFF) < 0xA0) {
      out[at] = control;
      return at + 1;
    }
    for (int i = 0; i < length; i++) {
      out[at + i] = bytes[from + i];
    }
    return at + length;
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
}
