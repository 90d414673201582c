package dev.camelsiem.json;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The strings, numbers and words of a JSON text, and what is wrong with it. */
class JsonScanner {
  static final byte[] NONE = {};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  final JsonLimits limits;
  byte[] bytes = NONE;
  int from;
  int to;
  @Nullable DecodingProblem problem;

  /** Whether the problem is a string without an end. */
  boolean unclosed;

  /** Whether the last string has escapes. */
  boolean escaped;

  /** What the last value was. */
  int kind;

  JsonScanner(JsonLimits limits) {
    this.limits = limits;
  }

  /** Reads a scalar that is no string; its end, or -1. */
  int scalar(int at, byte first) {
    return switch (first) {
      case 't' -> word(at, TRUE, JsonTape.TRUE);
      case 'f' -> word(at, FALSE, JsonTape.FALSE);
      case 'n' -> word(at, NULL, JsonTape.NULL);
      default -> number(at);
    };
  }

  private int word(int at, byte[] word, int wordKind) {
    int end = at + word.length;
    if (end > to || !Arrays.equals(bytes, at, end, word, 0, word.length)) {
      return malformed("a value was expected", at);
    }
    kind = wordKind;
    return end;
  }

  private int number(int start) {
    int at = start < to && bytes[start] == '-' ? start + 1 : start;
    int digits = Ascii.skipDigits(bytes, at, to);
    if (digits == at || (bytes[at] == '0' && digits > at + 1)) {
      return malformed("a value was expected", start);
    }
    at = digits;
    kind = JsonTape.INTEGER;
    if (at < to && bytes[at] == '.') {
      kind = JsonTape.DECIMAL;
      digits = Ascii.skipDigits(bytes, at + 1, to);
      if (digits == at + 1) {
        return malformed("a digit was expected after the decimal point", digits);
      }
      at = digits;
    }
    if (at < to && (bytes[at] | 0x20) == 'e') {
      kind = JsonTape.DECIMAL;
      at++;
      if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      digits = Ascii.skipDigits(bytes, at, to);
      if (digits == at) {
        return malformed("a digit was expected in the exponent", at);
      }
      if (digits - at > limits.exponentLength()) {
        return limit("an exponent has more than " + limits.exponentLength() + " digits", at);
      }
      at = digits;
    }
    return at - start > limits.numberLength()
        ? limit("a number is longer than " + limits.numberLength() + " characters", start)
        : at;
  }

  /** The closing quote of the string whose first byte is at {@code start}, or -1. */
  int string(byte[] b, int start, int limit) {
    int at = start;
    escaped = false;
    while (true) {
      at = JsonStrings.plainEnd(b, at, limit);
      if (at >= limit) {
        malformed("a string is not closed", start - 1);
        unclosed = true;
        return -1;
      }
      byte c = b[at];
      if (c == '"') {
        return at - start > limits.stringLength() ? longString(start) : at;
      }
      int length = c == '\\' ? escape(at) : c < 0 ? Utf8.length(b, at, limit) : 0;
      if (length <= 0) {
        return badByte(c, at);
      }
      at += length;
    }
  }

  private int longString(int start) {
    return limit("a string is longer than " + limits.stringLength() + " bytes", start);
  }

  private int badByte(byte c, int at) {
    if (c < 0) {
      problem =
          new DecodingProblem(
              DecodingProblem.Kind.INVALID_ENCODING, "a string is not valid UTF-8", at - from);
      return -1;
    }
    return malformed(
        c == '\\' ? "an unknown escape in a string" : "a control character in a string", at);
  }

  /** The length of the escape at a backslash, 0 when it is none. */
  private int escape(int at) {
    escaped = true;
    if (at + 1 >= to) {
      return 0;
    }
    switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return 2;
      }
      case 'u' -> {
        for (int i = at + 2; i < at + 6; i++) {
          if (i >= to || Character.digit(bytes[i], 16) < 0) {
            return 0;
          }
        }
        return 6;
      }
      default -> {
        return 0;
      }
    }
  }

  static int skipSpace(byte[] b, int start, int limit) {
    return start < limit && b[start] <= ' ' ? Ascii.skipBlanks(b, start, limit) : start;
  }

  int malformed(String detail, int at) {
    problem = DecodingProblem.malformed(detail, at - from);
    unclosed = false;
    return -1;
  }

  int limit(String detail, int at) {
    problem = DecodingProblem.limit(detail, at - from);
    return -1;
  }
}
