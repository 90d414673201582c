package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text (RFC 8259, strictly) onto a {@link JsonTape} in one pass, without recursion.
 *
 * <p>Checks everything, UTF-8 included, so that nothing that comes later can fail; makes no values.
 */
final class JsonReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final int LONGEST_EXPONENT = 9;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final DocumentLimits limits;
  private final JsonTape tape;

  // The open containers: row, last child and number of children of each.
  private final int[] open;

  private byte[] bytes = {};
  private int from;
  private int to;
  private @Nullable DocumentProblem problem;
  private boolean escaped;
  private boolean integer;

  JsonReader(DocumentLimits limits, JsonTape tape) {
    this.limits = limits;
    this.tape = tape;
    this.open = new int[3 * limits.depth()];
  }

  /** Reads the whole text; row 0 is its root. Returns what is wrong, or null. */
  @Nullable DocumentProblem read(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    problem = null;
    tape.clear(newBytes);
    int end = values(skipSpace(from));
    if (problem == null) {
      int behind = skipSpace(end);
      if (behind < to) {
        malformed("text after the JSON value", behind);
      }
    }
    bytes = NULL;
    return problem;
  }

  /** The one loop over the whole structure; its end, or -1. */
  private int values(int start) {
    int at = start;
    int depth = 0;
    while (true) {
      // A value is expected at `at`; in an object its key comes first.
      int keyStart = -1;
      int keyEnd = 0;
      boolean keyEscaped = false;
      if (depth > 0 && tape.kind(open[3 * depth - 3]) == JsonTape.OBJECT) {
        if (at >= to || bytes[at] != '"') {
          return malformed("a key in quotes was expected", at);
        }
        keyStart = at + 1;
        keyEnd = string(keyStart);
        if (keyEnd < 0) {
          return -1;
        }
        keyEscaped = escaped;
        at = skipSpace(keyEnd + 1);
        if (at >= to || bytes[at] != ':') {
          return malformed("`:` was expected after a key", at);
        }
        at = skipSpace(at + 1);
      }
      if (at >= to) {
        return malformed("a value was expected", at);
      }
      int previous = depth > 0 ? open[3 * depth - 2] : -1;
      byte first = bytes[at];
      boolean container = first == '{' || first == '[';
      int row =
          container
              ? tape.add(first == '{' ? JsonTape.OBJECT : JsonTape.ARRAY, 0, -1, previous)
              : tape.count();
      if (!container) {
        at = scalar(at, first, previous);
        if (at < 0) {
          return -1;
        }
      }
      if (keyStart >= 0) {
        tape.setKey(row, keyStart, keyEnd, keyEscaped, keyHash(keyStart, keyEnd, keyEscaped));
      }
      if (depth > 0) {
        open[3 * depth - 2] = row;
        if (++open[3 * depth - 1] > limits.keys() && keyStart >= 0) {
          return limit("an object has more than " + limits.keys() + " keys", at);
        }
      }
      if (container) {
        if (depth == limits.depth()) {
          return limit("nested deeper than " + limits.depth() + " levels", at);
        }
        at = skipSpace(at + 1);
        if (at < to && bytes[at] == first + 2) {
          tape.close(row, 0, -1);
          at++;
        } else {
          open[3 * depth] = row;
          open[3 * depth + 1] = -1;
          open[3 * depth + 2] = 0;
          depth++;
          continue;
        }
      }
      // A value has ended: a comma leads to the next one, brackets close containers.
      while (true) {
        if (depth == 0) {
          return at;
        }
        at = skipSpace(at);
        int top = 3 * depth - 3;
        boolean object = tape.kind(open[top]) == JsonTape.OBJECT;
        byte b = at < to ? bytes[at] : 0;
        if (b == ',') {
          at = skipSpace(at + 1);
          break;
        }
        if (b != (object ? '}' : ']')) {
          String expected = object ? "`,` or `}` was expected" : "`,` or `]` was expected";
          return malformed(expected, at);
        }
        tape.close(open[top], open[top + 2], open[top + 1]);
        at++;
        depth--;
      }
    }
  }

  /** Adds the row of a scalar; returns its end, or -1. */
  private int scalar(int at, byte first, int previous) {
    switch (first) {
      case '"' -> {
        int end = string(at + 1);
        if (end < 0) {
          return -1;
        }
        tape.add(escaped ? JsonTape.ESCAPED_STRING : JsonTape.STRING, at + 1, end, previous);
        return end + 1;
      }
      case 't' -> {
        return word(at, TRUE, JsonTape.TRUE, previous);
      }
      case 'f' -> {
        return word(at, FALSE, JsonTape.FALSE, previous);
      }
      case 'n' -> {
        return word(at, NULL, JsonTape.NULL, previous);
      }
      default -> {
        int end = number(at);
        if (end >= 0) {
          tape.add(integer ? JsonTape.INTEGER : JsonTape.DECIMAL, at, end, previous);
        }
        return end;
      }
    }
  }

  private int word(int at, byte[] word, int kind, int previous) {
    int end = at + word.length;
    if (end > to || !Arrays.equals(bytes, at, end, word, 0, word.length)) {
      return malformed("a value was expected", at);
    }
    tape.add(kind, at, end, previous);
    return end;
  }

  private int number(int start) {
    int at = start < to && bytes[start] == '-' ? start + 1 : start;
    int digits = digits(at);
    if (digits == at || (bytes[at] == '0' && digits > at + 1)) {
      return malformed("a value was expected", start);
    }
    at = digits;
    integer = true;
    if (at < to && bytes[at] == '.') {
      integer = false;
      digits = digits(at + 1);
      if (digits == at + 1) {
        return malformed("a digit was expected after the decimal point", digits);
      }
      at = digits;
    }
    if (at < to && (bytes[at] | 0x20) == 'e') {
      integer = false;
      at++;
      if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      digits = digits(at);
      if (digits == at) {
        return malformed("a digit was expected in the exponent", at);
      }
      if (digits - at > LONGEST_EXPONENT) {
        return limit("an exponent has more than " + LONGEST_EXPONENT + " digits", at);
      }
      at = digits;
    }
    return at - start > limits.numberLength()
        ? limit("a number is longer than " + limits.numberLength() + " characters", start)
        : at;
  }

  private int digits(int start) {
    int at = start;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  /** The closing quote of the string whose first byte is at {@code start}, or -1. */
  private int string(int start) {
    byte[] b = bytes;
    int limit = to;
    int at = start;
    escaped = false;
    while (true) {
      at = plain(b, at, limit);
      if (at >= limit) {
        return malformed("a string is not closed", start - 1);
      }
      byte c = b[at];
      if (c == '"') {
        return at;
      }
      int length = c == '\\' ? escape(at) : c < 0 ? Utf8.length(b, at, limit) : 0;
      if (length <= 0) {
        return badByte(c, at);
      }
      at += length;
    }
  }

  /**
   * Skips bytes that stand for themselves: no quote, backslash, control or multi-byte character.
   */
  private static int plain(byte[] b, int start, int limit) {
    int at = start;
    while (at <= limit - Long.BYTES) {
      long word = (long) LONGS.get(b, at);
      long quotes = word ^ ONES * '"';
      long backslashes = word ^ ONES * '\\';
      long special =
          ((quotes - ONES & ~quotes)
                  | (backslashes - ONES & ~backslashes)
                  | (word - ONES * ' ' & ~word)
                  | word)
              & HIGHS;
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < limit && b[at] >= ' ' && b[at] != '"' && b[at] != '\\') {
      at++;
    }
    return at;
  }

  private int badByte(byte c, int at) {
    if (c < 0) {
      problem =
          new DocumentProblem(
              DocumentProblem.Kind.INVALID_ENCODING, "a string is not valid UTF-8", at - from);
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

  private int keyHash(int start, int end, boolean keyEscaped) {
    if (!keyEscaped) {
      return JsonTape.hash(bytes, start, end);
    }
    var key = JsonStrings.unescape(bytes, start, end);
    return JsonTape.hash(key.array(), key.from(), key.to());
  }

  private int skipSpace(int start) {
    int at = start;
    while (at < to && isJsonSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isJsonSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private int malformed(String detail, int at) {
    problem = DocumentProblem.malformed(detail, at - from);
    return -1;
  }

  private int limit(String detail, int at) {
    problem = DocumentProblem.limit(detail, at - from);
    return -1;
  }
}
