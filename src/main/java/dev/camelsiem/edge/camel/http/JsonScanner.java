package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Utf8;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value (RFC 8259) within limits: one pass finds its end, checks it and its UTF-8,
 * and keeps nothing. Throws nothing. For one thread.
 */
final class JsonScanner {
  private static final int MAX_DEPTH = DocumentLimits.DEFAULT.depth();
  private static final int MAX_KEYS = DocumentLimits.DEFAULT.keys();
  private static final int MAX_STRING = 256 * 1024;
  private static final int MAX_NUMBER = DocumentLimits.DEFAULT.numberLength();

  private final byte[] bytes;
  private final int[] keys = new int[MAX_DEPTH + 1];
  private final boolean[] isObject = new boolean[MAX_DEPTH + 1];
  private int start;
  private int at;
  private int to;
  private int depth;
  private int newlines;
  private @Nullable Problem problem;

  /**
   * Why a value can't be taken.
   *
   * @param what the same for problems of one kind
   * @param column from 1; 0 when it has none
   */
  record Problem(StopReason reason, String what, int column) {
    String detail() {
      return column == 0 ? what : what + " at column " + column;
    }
  }

  JsonScanner(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What the last {@link #scan} that returned -1 has found. */
  Problem problem() {
    return Objects.requireNonNull(problem);
  }

  /** Line feeds inside the value that was scanned last. */
  int newlines() {
    return newlines;
  }

  /** End (excluded) of the good value that begins at {@code from}, or -1. */
  int scan(int from, int end) {
    start = from;
    at = from;
    to = end;
    depth = 0;
    newlines = 0;
    problem = null;
    boolean open = true;
    while (open) {
      if (!value() || !closing()) {
        return -1;
      }
      open = depth > 0;
    }
    return at;
  }

  /** A value, or the beginning of one: up to where the next value is wanted or one has ended. */
  private boolean value() {
    while (true) {
      skipBlanks();
      if (at == to) {
        return breaksOff();
      }
      byte b = bytes[at];
      if (b == '"') {
        return string();
      }
      if (b != '{' && b != '[') {
        return word();
      }
      if (!open(b == '{')) {
        return false;
      }
      if (at < to && bytes[at] == (b == '{' ? '}' : ']')) {
        at++;
        depth--;
        return true;
      }
      if (b == '{' && !name()) {
        return false;
      }
    }
  }

  /** Behind a value: ends what it ends, and goes on to where the next value is wanted. */
  private boolean closing() {
    while (depth > 0) {
      skipBlanks();
      if (at == to) {
        return breaksOff();
      }
      byte b = bytes[at];
      if (b == ',') {
        at++;
        return !isObject[depth] || name();
      }
      if (b != (isObject[depth] ? '}' : ']')) {
        return unexpected();
      }
      at++;
      depth--;
    }
    return true;
  }

  private boolean open(boolean object) {
    if (depth == MAX_DEPTH) {
      return fail(StopReason.LIMIT_EXCEEDED, "nested over " + MAX_DEPTH + " levels deep");
    }
    at++;
    depth++;
    isObject[depth] = object;
    keys[depth] = 0;
    skipBlanks();
    return true;
  }

  private boolean name() {
    skipBlanks();
    if (at == to) {
      return breaksOff();
    }
    if (bytes[at] != '"') {
      return unexpected();
    }
    if (++keys[depth] > MAX_KEYS) {
      return fail(StopReason.LIMIT_EXCEEDED, "an object has over " + MAX_KEYS + " keys");
    }
    if (!string()) {
      return false;
    }
    skipBlanks();
    if (at == to) {
      return breaksOff();
    }
    if (bytes[at] != ':') {
      return unexpected();
    }
    at++;
    return true;
  }

  private boolean string() {
    int first = ++at;
    while (at < to) {
      byte b = bytes[at];
      if (b == '"') {
        at++;
        return true;
      }
      if (at - first >= MAX_STRING) {
        return fail(StopReason.LIMIT_EXCEEDED, "a string is longer than " + MAX_STRING + " bytes");
      }
      if (b == '\\' ? !escape() : b < ' ' && !beyondAscii(b)) {
        return false;
      }
      at++;
    }
    return breaksOff();
  }

  /** Leaves {@link #at} on the last byte of the escape. */
  private boolean escape() {
    if (++at == to) {
      return breaksOff();
    }
    byte b = bytes[at];
    if (b != 'u') {
      return "\"\\/bfnrt".indexOf(b) >= 0 || fail(StopReason.MALFORMED, "not JSON: bad escape");
    }
    for (int digit = 0; digit < 4; digit++) {
      if (++at == to) {
        return breaksOff();
      }
      if (Character.digit(bytes[at], 16) < 0) {
        return fail(StopReason.MALFORMED, "not JSON: bad escape");
      }
    }
    return true;
  }

  /** Leaves {@link #at} on the last byte of the character. */
  private boolean beyondAscii(byte b) {
    if (b >= 0) {
      return fail(StopReason.MALFORMED, "not JSON: a control character in a string");
    }
    int length = Utf8.length(bytes, at, to);
    if (length < 0) {
      return fail(StopReason.INVALID_ENCODING, "not UTF-8");
    }
    at += length - 1;
    return true;
  }

  private boolean word() {
    byte b = bytes[at];
    boolean good =
        switch (b) {
          case 't' -> literal("true");
          case 'f' -> literal("false");
          case 'n' -> literal("null");
          default -> number();
        };
    return good && (at == to || endsWord(bytes[at]) || unexpected());
  }

  private static boolean endsWord(byte b) {
    return Ascii.isBlank(b) || b == ',' || b == ']' || b == '}';
  }

  private boolean literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (at == to) {
        return breaksOff();
      }
      if (bytes[at] != word.charAt(i)) {
        return unexpected();
      }
    }
    return true;
  }

  private boolean number() {
    int first = at;
    at += bytes[at] == '-' ? 1 : 0;
    if (at < to && bytes[at] == '0') {
      at++;
    } else if (!digits()) {
      return false;
    }
    if (at < to && bytes[at] == '.') {
      at++;
      if (!digits()) {
        return false;
      }
    }
    if (at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      at += at < to && (bytes[at] == '+' || bytes[at] == '-') ? 1 : 0;
      if (!digits()) {
        return false;
      }
    }
    return at - first <= MAX_NUMBER
        || fail(StopReason.LIMIT_EXCEEDED, "a number is longer than " + MAX_NUMBER + " digits");
  }

  private boolean digits() {
    int first = at;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at > first || (at == to ? breaksOff() : unexpected());
  }

  private void skipBlanks() {
    while (at < to && Ascii.isBlank(bytes[at])) {
      newlines += bytes[at] == '\n' ? 1 : 0;
      at++;
    }
  }

  private boolean breaksOff() {
    return fail(StopReason.MALFORMED, "not JSON: it breaks off");
  }

  /** What a stranger has sent is shown only where it is plain ASCII. */
  private boolean unexpected() {
    byte b = bytes[at];
    String shown = b > ' ' && b < 0x7f ? "`" + (char) b + "`" : "byte " + (b & 0xff);
    return fail(StopReason.MALFORMED, "not JSON: unexpected " + shown);
  }

  private boolean fail(StopReason reason, String what) {
    problem = new Problem(reason, what, at - start + 1);
    return false;
  }
}
