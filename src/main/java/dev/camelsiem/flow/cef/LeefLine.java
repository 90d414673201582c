package dev.camelsiem.flow.cef;

import dev.camelsiem.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a line in LEEF 1.0 or 2.0 stand: the id of the event and the attributes. Holds
 * one line at a time; belongs to one thread.
 */
final class LeefLine {
  private static final int FIELDS = 5;
  private static final byte[] PREFIX = Ascii.bytes("LEEF:");
  private static final byte[] TAB = {'\t'};
  private static final byte[] NOTHING = {};

  private byte[] line = NOTHING;
  private int idFrom;
  private int idTo;
  private int attributes;
  private int end;
  private byte[] separator = TAB;

  /** Finds the parts; false when it is not LEEF. */
  boolean read(byte[] bytes, int from, int to) {
    int at = start(bytes, from, to);
    if (at < 0) {
      return false;
    }
    for (int i = 0; i < FIELDS; i++) {
      idFrom = at;
      idTo = find(bytes, '|', at, to);
      if (idTo == to && i < FIELDS - 1) {
        return false;
      }
      at = Math.min(to, idTo + 1);
    }
    line = bytes;
    end = to;
    separator = TAB;
    int told = find(bytes, '|', at, to);
    byte[] other = told == to ? null : separator(bytes, at, told);
    separator = other == null ? TAB : other;
    attributes = other == null ? at : told + 1;
    return true;
  }

  /** Lets go of the line. */
  void forget() {
    line = NOTHING;
  }

  /** The event id of the header. */
  String id() {
    return new String(line, idFrom, idTo - idFrom, StandardCharsets.UTF_8).strip();
  }

  /** The value of an attribute, or null when there is none. */
  @Nullable String attribute(String key) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    for (int from = attributes; from < end; ) {
      int to = from;
      while (to < end && !stands(separator, to)) {
        to++;
      }
      int equals = find(line, '=', from, to);
      if (Arrays.equals(line, from, equals, name, 0, name.length) && equals < to) {
        return new String(line, equals + 1, to - equals - 1, StandardCharsets.UTF_8).strip();
      }
      from = to + separator.length;
    }
    return null;
  }

  /** Whether a line is LEEF, whatever of CEF is in it. */
  static boolean comesFirst(byte[] bytes, int from, int to) {
    int leef = start(bytes, from, to);
    int cef = leef < 0 ? -1 : CefFacts.start(bytes, from, to);
    return leef >= 0 && (cef < 0 || leef < cef);
  }

  /** Where {@code LEEF:} with a version stands first, or -1. */
  static int start(byte[] bytes, int from, int to) {
    for (int i = from; i + PREFIX.length < to; i++) {
      boolean ownWord = i == from || !Ascii.isAlphanumeric(bytes[i - 1]);
      if (ownWord
          && Arrays.equals(bytes, i, i + PREFIX.length, PREFIX, 0, PREFIX.length)
          && Ascii.isDigit(bytes[i + PREFIX.length])) {
        return i;
      }
    }
    return -1;
  }

  /** What a header names as separator: a character, its number in hexadecimal, or nothing. */
  private static byte @Nullable [] separator(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.isEmpty()) {
      return TAB;
    }
    if (text.codePointCount(0, text.length()) == 1) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    int digits = text.startsWith("0x") ? 2 : text.startsWith("x") ? 1 : text.length();
    boolean hexadecimal =
        text.length() > digits
            && text.length() - digits <= 4
            && text.chars().skip(digits).allMatch(c -> c < 0x80 && Ascii.hexDigit((byte) c) >= 0);
    return hexadecimal
        ? Character.toString(Integer.parseInt(text.substring(digits), 16))
            .getBytes(StandardCharsets.UTF_8)
        : null;
  }

  private boolean stands(byte[] what, int at) {
    return at + what.length <= end
        && Arrays.equals(line, at, at + what.length, what, 0, what.length);
  }

  /** Index of a byte, or where the search ends. */
  private static int find(byte[] bytes, char wanted, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }
}
