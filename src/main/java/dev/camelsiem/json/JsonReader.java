package dev.camelsiem.json;

import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text (RFC 8259, strictly) onto a {@link JsonTape} in one pass, without recursion.
 *
 * <p>Checks everything, UTF-8 included, so that nothing that comes later can fail; makes no values.
 */
public final class JsonReader {
  private static final int LONGEST_EXPONENT = 9;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonLimits limits;
  private final JsonTape tape;

  // Of each open container, what it lies in: the row, its last child, its number of children.
  private final int[] open;

  private byte[] bytes = {};
  private int from;
  private int to;
  private @Nullable DecodingProblem problem;
  private boolean escaped;
  private boolean integer;

  public JsonReader(JsonLimits limits, JsonTape tape) {
    this.limits = limits;
    this.tape = tape;
    this.open = new int[3 * limits.depth()];
  }

  /** Reads the whole text; row 0 is its root. Returns what is wrong, or null. */
  public @Nullable DecodingProblem read(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    problem = null;
    tape.clear(newBytes);
    int end = values(skipSpace(bytes, from, to));
    if (problem == null) {
      int behind = skipSpace(bytes, end, to);
      if (behind < to) {
        malformed("text after the JSON value", behind);
      }
    }
    bytes = NULL;
    return problem;
  }

  /**
   * The one loop over the whole structure; its end, or -1. It is long because its state has to stay
   * in local variables to be fast.
   */
  private int values(int start) {
    byte[] b = bytes;
    int limit = to;
    int most = limits.values();
    int at = start;
    int depth = 0;
    // The innermost open container: its row, the row of its last child, the number of children.
    int container = -1;
    boolean inObject = false;
    int last = -1;
    int children = 0;
    while (true) {
      // A value is expected at `at`; in an object its key comes first.
      int keyStart = -1;
      int keyEnd = 0;
      boolean keyEscaped = false;
      if (inObject) {
        if (at >= limit || b[at] != '"') {
          return malformed("a key in quotes was expected", at);
        }
        keyStart = at + 1;
        keyEnd = string(b, keyStart, limit);
        if (keyEnd < 0) {
          return -1;
        }
        keyEscaped = escaped;
        at = skipSpace(b, keyEnd + 1, limit);
        if (at >= limit || b[at] != ':') {
          return malformed("`:` was expected after a key", at);
        }
        at = skipSpace(b, at + 1, limit);
      }
      if (at >= limit) {
        return malformed("a value was expected", at);
      }
      byte first = b[at];
      boolean opens = first == '{' || first == '[';
      int row;
      if (opens) {
        row = tape.add(first == '{' ? JsonTape.OBJECT : JsonTape.ARRAY, 0, -1, last);
      } else {
        row = tape.count();
        at = scalar(b, at, limit, first, last);
        if (at < 0) {
          return -1;
        }
      }
      if (keyStart >= 0) {
        tape.setKey(row, keyStart, keyEnd, keyEscaped, keyHash(b, keyStart, keyEnd, keyEscaped));
      }
      last = row;
      if (row >= most) {
        return limit("there are more than " + most + " values", at);
      }
      if (++children > limits.keys() && inObject) {
        return limit("an object has more than " + limits.keys() + " keys", at);
      }
      if (opens) {
        if (depth == limits.depth()) {
          return limit("nested deeper than " + limits.depth() + " levels", at);
        }
        open[3 * depth] = container;
        open[3 * depth + 1] = last;
        open[3 * depth + 2] = children;
        depth++;
        container = row;
        inObject = first == '{';
        last = -1;
        children = 0;
        at = skipSpace(b, at + 1, limit);
        // The closing bracket is two places behind the opening one in ASCII, both kinds.
        if (at >= limit || b[at] != first + 2) {
          continue;
        }
      } else if (depth > 0) {
        at = skipSpace(b, at, limit);
      }
      // A value has ended, or an empty container: a comma goes on, brackets close containers.
      while (true) {
        if (depth == 0) {
          return at;
        }
        byte c = at < limit ? b[at] : 0;
        if (c == ',' && children > 0) {
          at = skipSpace(b, at + 1, limit);
          break;
        }
        if (c != (inObject ? '}' : ']')) {
          return malformed(inObject ? "`,` or `}` was expected" : "`,` or `]` was expected", at);
        }
        tape.close(container, children, last);
        depth--;
        container = open[3 * depth];
        last = open[3 * depth + 1];
        children = open[3 * depth + 2];
        inObject = container >= 0 && tape.kind(container) == JsonTape.OBJECT;
        at = depth == 0 ? at + 1 : skipSpace(b, at + 1, limit);
      }
    }
  }

  /** Adds the row of a scalar; returns its end, or -1. */
  private int scalar(byte[] b, int at, int limit, byte first, int previous) {
    if (first == '"') {
      int end = string(b, at + 1, limit);
      if (end < 0) {
        return -1;
      }
      tape.add(escaped ? JsonTape.ESCAPED_STRING : JsonTape.STRING, at + 1, end, previous);
      return end + 1;
    }
    return switch (first) {
      case 't' -> word(at, TRUE, JsonTape.TRUE, previous);
      case 'f' -> word(at, FALSE, JsonTape.FALSE, previous);
      case 'n' -> word(at, NULL, JsonTape.NULL, previous);
      default -> {
        int end = number(at);
        if (end >= 0) {
          tape.add(integer ? JsonTape.INTEGER : JsonTape.DECIMAL, at, end, previous);
        }
        yield end;
      }
    };
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
  private int string(byte[] b, int start, int limit) {
    int at = start;
    escaped = false;
    while (true) {
      at = JsonStrings.plainEnd(b, at, limit);
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

  private static int keyHash(byte[] b, int start, int end, boolean keyEscaped) {
    if (!keyEscaped) {
      return JsonTape.hash(b, start, end);
    }
    Text key = JsonStrings.unescape(b, start, end);
    return JsonTape.hash(key.array(), key.from(), key.to());
  }

  private static int skipSpace(byte[] b, int start, int limit) {
    int at = start;
    while (at < limit && b[at] <= ' ' && isJsonSpace(b[at])) {
      at++;
    }
    return at;
  }

  private static boolean isJsonSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private int malformed(String detail, int at) {
    problem = DecodingProblem.malformed(detail, at - from);
    return -1;
  }

  private int limit(String detail, int at) {
    problem = DecodingProblem.limit(detail, at - from);
    return -1;
  }
}
