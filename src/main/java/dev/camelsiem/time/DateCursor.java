package dev.camelsiem.time;

import dev.camelsiem.text.Ascii;

/** Where a reader of dates stands in its text, and the pieces that all dates are made of. */
abstract class DateCursor {
  private static final byte[] NONE = {};

  byte[] bytes = NONE;
  int at;
  int to;

  int peek() {
    return at < to ? bytes[at] : -1;
  }

  int blanks() {
    int start = at;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at - start;
  }

  int digitsAhead() {
    return digitsAhead(at);
  }

  int digitsAhead(int start) {
    return Ascii.skipDigits(bytes, start, to) - start;
  }

  boolean colonAndDigit(int start) {
    return start < to && bytes[start] == ':' && digitsAhead(start + 1) > 0;
  }

  /** A colon, and a blank or nothing behind it. */
  boolean colonAndBlank(int start) {
    return start < to && bytes[start] == ':' && (start + 1 == to || bytes[start + 1] == ' ');
  }

  /** One or two digits, or -1. */
  int upToTwo() {
    int digits = digitsAhead();
    return digits == 1 || digits == 2 ? number(digits) : -1;
  }

  /** So many digits, which are there. */
  int number(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      value = value * 10 + bytes[at++] - '0';
    }
    return value;
  }

  boolean word(String lower) {
    if (!isName(lower, lower.length())) {
      return false;
    }
    at += lower.length();
    return true;
  }

  /** The number, from 1, of a name that is written out or cut to three letters; or -1. */
  int name(String[] names) {
    int end = at;
    while (end < to && Ascii.isLetter(bytes[end])) {
      end++;
    }
    int length = end - at;
    for (int i = 0; length >= 3 && i < names.length; i++) {
      boolean sept = length == 4 && names[i].startsWith("sept");
      if ((length == 3 || length == names[i].length() || sept) && isName(names[i], length)) {
        at = end;
        return i + 1;
      }
    }
    return -1;
  }

  private boolean isName(String name, int length) {
    if (at + length > to) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if ((bytes[at + i] | 0x20) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
