package dev.camelsiem.text;

import java.nio.charset.StandardCharsets;

/** Classes of bytes, as the language's tokens and conversions know them, and the search for one. */
public final class Ascii {

  private Ascii() {}

  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  public static boolean isAlphanumeric(int c) {
    return isDigit(c) || isLetter(c);
  }

  /** True when there is something, and nothing but digits. */
  public static boolean isDigits(CharSequence text) {
    return !text.isEmpty() && text.chars().allMatch(Ascii::isDigit);
  }

  public static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  /** The bytes of a string of ASCII. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Bytes that should be ASCII; others become characters that no number or word has. */
  public static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Blank, TAB, LF or CR: the white space of JSON and XML. */
  public static boolean isBlank(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** The first offset at or after {@code from} that isn't {@link #isBlank}, at most {@code to}. */
  public static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isBlank(bytes[i])) {
      i++;
    }
    return i;
  }

  /** The end of a slice without the blanks at its end, at least {@code from}. */
  public static int withoutBlanks(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  /** Blank, TAB, LF, VT, FF or CR. */
  public static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** The value of a hexadecimal digit of either case, or -1. */
  public static int hexDigit(int c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** A number of one to three digits, or -1 for anything else. */
  public static int number(byte[] bytes, int from, int to) {
    boolean digits = to > from && to - from <= 3 && skipDigits(bytes, from, to) == to;
    return digits ? (int) decimal(bytes, from, to) : -1;
  }

  /** The digit of a value from 0 to 15, in lower case. */
  public static byte lowerHex(int value) {
    return (byte) (value < 10 ? '0' + value : 'a' + value - 10);
  }

  /** The first offset at or after {@code from} that is no digit, at most {@code to}. */
  public static int skipDigits(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isDigit(bytes[i])) {
      i++;
    }
    return i;
  }

  /** The number that digits spell, 18 of them at most. */
  public static long decimal(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  /** The first offset at or after {@code from} that isn't white space, at most {@code to}. */
  public static int skipSpace(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isSpace(bytes[i])) {
      i++;
    }
    return i;
  }

  /** The end of a slice without its trailing white space, at least {@code from}. */
  public static int trimEnd(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && isSpace(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  /** A slice without the white space around it; shares the bytes. */
  public static Text trimmed(byte[] bytes, int from, int to) {
    int start = skipSpace(bytes, from, to);
    return Text.of(bytes, start, trimEnd(bytes, start, to));
  }

  /** The first offset of a character below another one of ASCII, {@code to} when there is none. */
  public static int indexOfBelow(byte[] bytes, int from, int to, int limit) {
    long limits = Octets.all(limit);
    int i = from;
    for (; i <= to - Octets.SIZE; i += Octets.SIZE) {
      long marks = Octets.below(Octets.get(bytes, i), limits);
      if (marks != 0) {
        return i + Octets.firstMark(marks);
      }
    }
    while (i < to && (bytes[i] < 0 || bytes[i] >= limit)) {
      i++;
    }
    return i;
  }

  /**
   * The first offset of an ASCII character, {@code to} when it is not there. Eight bytes at a time.
   */
  public static int indexOf(byte[] bytes, int from, int to, int wanted) {
    long all = Octets.all(wanted);
    int i = from;
    for (; i <= to - Octets.SIZE; i += Octets.SIZE) {
      long marks = Octets.equal(Octets.get(bytes, i), all);
      if (marks != 0) {
        return i + Octets.firstMark(marks);
      }
    }
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }
}
