package dev.camelsiem.flow.cef;

import dev.camelsiem.text.Octets;
import dev.camelsiem.text.Utf8;
import java.util.Arrays;

/**
 * How a text is written where it must not end anything (for CEF kcs-cef 2.2): one pass from UTF-8
 * to escaped UTF-8, line breaks and controls made harmless, bytes that are no UTF-8 replaced by
 * U+FFFD. What stands for itself is copied eight bytes at a time; what is done with another byte of
 * ASCII says a table. Immutable.
 */
final class CefText {
  private static final byte COPY = 0;
  private static final byte ESCAPE = 1;
  private static final byte LINE_FEED = 2;
  private static final byte CARRIAGE_RETURN = 3;
  private static final byte BLANK = 4;
  private static final byte CONTROL = 5;
  private static final byte MULTI_BYTE = 6;

  private final byte[] table = new byte[256];

  /** The characters that are special besides controls; a control when there are none. */
  private final long special;

  private final long otherSpecial;
  private final byte control;
  private final boolean escapesBreaks;

  private CefText(
      String special, byte forSpecial, byte forControl, byte control, boolean escapesBreaks) {
    Arrays.fill(table, 0, ' ', forControl);
    table[0x7F] = forControl;
    Arrays.fill(table, 0x80, table.length, MULTI_BYTE);
    table['\n'] = LINE_FEED;
    table['\r'] = CARRIAGE_RETURN;
    table['\t'] = BLANK;
    for (int i = 0; i < special.length(); i++) {
      table[special.charAt(i)] = forSpecial;
    }
    this.special = Octets.all(special.isEmpty() ? 0 : special.charAt(0));
    this.otherSpecial = Octets.all(special.length() < 2 ? 0 : special.charAt(1));
    this.control = control;
    this.escapesBreaks = escapesBreaks;
  }

  /**
   * Some characters get a backslash; controls become question marks.
   *
   * @param escaped two characters at most
   * @param breaks whether line breaks are escaped; else they become blanks
   */
  static CefText escaping(String escaped, boolean breaks) {
    return new CefText(escaped, ESCAPE, CONTROL, (byte) '?', breaks);
  }

  /**
   * Nothing gets a backslash; some characters, line breaks and controls become blanks.
   *
   * @param blanked two characters at most
   */
  static CefText blanking(String blanked) {
    return new CefText(blanked, BLANK, BLANK, (byte) ' ', false);
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
    return c >= 0 && c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
  }

  /** Where a text ends that is cut to a number of code points; never inside one. */
  static int cut(byte[] bytes, int from, int to, int limit) {
    if (limit < 0 || to - from <= limit) {
      return to;
    }
    int i = from;
    for (int n = 0; n < limit && i < to; n++) {
      i += bytes[i] >= 0 ? 1 : Math.abs(Utf8.length(bytes, i, to)); // as one U+FFFD, too
    }
    return i == to ? to : trimEnd(bytes, from, i);
  }

  /** Writes a text, already trimmed and cut. */
  void write(ByteSink sink, byte[] bytes, int from, int to) {
    byte[] out = sink.room((to - from) * 3 + Octets.SIZE);
    int last = bytes.length - Octets.SIZE;
    int at = sink.at();
    int i = from;
    while (i < to) {
      if (i <= last) {
        long octets = Octets.get(bytes, i);
        long marks = Octets.unprintableOr(octets, special, otherSpecial);
        Octets.put(out, at, octets); // those beyond the text will be overwritten
        int plain = marks == 0 ? Octets.SIZE : Octets.firstMark(marks);
        i += plain;
        at += plain;
        if (i >= to) {
          at -= i - to;
          break;
        }
        if (plain == Octets.SIZE) {
          continue;
        }
      }
      byte b = bytes[i++];
      switch (table[b & 0xFF]) {
        case COPY -> out[at++] = b;
        case ESCAPE -> {
          out[at++] = '\\';
          out[at++] = b;
        }
        case LINE_FEED -> at = lineBreak(out, at, 'n');
        case CARRIAGE_RETURN -> {
          boolean pair = i < to && bytes[i] == '\n';
          i += pair ? 1 : 0;
          at = lineBreak(out, at, pair ? 'n' : 'r');
        }
        case BLANK -> out[at++] = ' ';
        case MULTI_BYTE -> {
          int length = Utf8.length(bytes, i - 1, to);
          at = character(out, at, bytes, i - 1, length);
          i += Math.abs(length) - 1;
        }
        default -> out[at++] = '?';
      }
    }
    sink.end(at);
  }

  /**
   * A character of more than one byte; a control is none, and bytes that are no character are one.
   */
  private int character(byte[] out, int at, byte[] bytes, int from, int length) {
    if (length < 0) {
      return Utf8.putReplacement(out, at);
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

  private int lineBreak(byte[] out, int at, char letter) {
    if (!escapesBreaks) {
      out[at] = ' ';
      return at + 1;
    }
    out[at] = '\\';
    out[at + 1] = (byte) letter;
    return at + 2;
  }
}
