package dev.camelsiem.json;

import dev.camelsiem.text.Ascii;
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

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final KeyTree NO_KEYS = new KeyTree.Builder().build();
  private static final byte[] NAME = {'"', 'N', 'a', 'm', 'e', '"'};
  private static final byte[] TEXT = {'"', 't', 'e', 'x', 't', '"'};

  private final JsonLimits limits;
  private final JsonTape tape;

  /** What is said of each open container's surroundings in {@link #open}. */
  private static final int STACKED = 5;

  // How values are read, when not as a node of the tree.
  /** With all that is in them. */
  private static final int WHOLE = -1;

  /** Checked, and left out. */
  private static final int SKIMMED = -2;

  // Ends of what could not be read to its end; -1 means that there is a problem.
  /** The tree is of no use here: all has to be kept. */
  private static final int UNUSUAL = -2;

  private static final int NO_PAIRS = -3;

  // Of each open container, what it lies in: the row, its last child, its number of children, how
  // it
  // is read, whether it is an object.
  private final int[] open;

  private byte[] bytes = {};
  private int from;
  private int to;
  private @Nullable DecodingProblem problem;
  private boolean unclosed;
  private @Nullable KeyTree keys;

  /** What the last string and scalar were. */
  private boolean escaped;

  private int kind;

  /** Values so far, kept or not. */
  private int seen;

  public JsonReader(JsonLimits limits, JsonTape tape) {
    this.limits = limits;
    this.tape = tape;
    this.open = new int[STACKED * limits.depth()];
  }

  /** Reads the whole text; row 0 is its root. Returns what is wrong, or null. */
  public @Nullable DecodingProblem read(byte[] newBytes, int newFrom, int newTo) {
    return read(newBytes, newFrom, newTo, null);
  }

  /**
   * Reads the whole text, as strictly as ever, but keeps of objects that lie on paths of a tree
   * only the members that the tree knows.
   *
   * @param tree null to keep everything
   */
  public @Nullable DecodingProblem read(
      byte[] newBytes, int newFrom, int newTo, @Nullable KeyTree tree) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    problem = null;
    keys = tree;
    tape.clear(newBytes, newTo, tree);
    int end = values(skipSpace(bytes, from, to), tree == null ? WHOLE : KeyTree.ROOT);
    if (end == UNUSUAL) {
      return read(newBytes, newFrom, newTo, null);
    }
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
   * Checks the one value that begins at an offset, whatever stands behind it, and keeps nothing of
   * it. A number or a word ends with the text, or before a blank, a comma or a closing bracket.
   *
   * @return where the value ends, or -1: then there is a {@link #problem}
   */
  public int skim(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    problem = null;
    keys = null;
    int end = values(from, SKIMMED);
    if (end >= 0 && end < to && Ascii.isAlphanumeric(bytes[end - 1]) && !endsWord(bytes[end])) {
      end = malformed("text after the JSON value", end);
    }
    bytes = NULL;
    return end;
  }

  private static boolean endsWord(byte b) {
    return Ascii.isBlank(b) || b == ',' || b == ']' || b == '}';
  }

  /** What is wrong with the text that was read or skimmed last, or null. */
  public @Nullable DecodingProblem problem() {
    return problem;
  }

  /** Whether what is wrong is nothing but that the text ends too early. */
  public boolean breaksOff() {
    return problem != null
        && problem.kind() == DecodingProblem.Kind.MALFORMED
        && (unclosed || problem.offset() >= to - from);
  }

  /**
   * Reads a container again of which only some members have rows.
   *
   * @return its new row, behind all that are there; what is below it has new rows, too
   */
  public int readWhole(int row) {
    int whole = tape.count();
    bytes = tape.bytes();
    to = tape.end();
    values(tape.start(row), WHOLE);
    bytes = NULL;
    return whole;
  }

  /**
   * The one loop over the whole structure; its end, or -1, or {@link #UNUSUAL}. It is long because
   * its state has to stay in local variables to be fast.
   *
   * @param outermost how the value is read: its node in the tree, or {@link #WHOLE}
   */
  private int values(int start, int outermost) {
    byte[] b = bytes;
    KeyTree tree = keys == null ? NO_KEYS : keys;
    int limit = to;
    int most = limits.values();
    int mostKeys = limits.keys();
    int at = start;
    int depth = 0;
    seen = 0;
    // The innermost open container: how it is read, its row, the row of its last child, the number
    // of children.
    int mode = outermost;
    int container = -1;
    boolean inObject = false;
    int last = -1;
    int children = 0;
    while (true) {
      // A value is expected at `at`; in an object its key comes first.
      int keyStart = -1;
      int keyEnd = 0;
      boolean keyEscaped = false;
      int hash = 0;
      int node = mode;
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
        if (mode != SKIMMED) {
          if (keyEscaped && mode >= 0) {
            return UNUSUAL;
          }
          if (mode == WHOLE || tree.isWhole(mode)) {
            hash = keyHash(b, keyStart, keyEnd, keyEscaped);
          }
          if (mode >= 0) {
            node = tree.child(mode, b, keyStart, keyEnd);
            if (node < 0) {
              node = tree.isWhole(mode) ? WHOLE : SKIMMED;
            } else if (tape.slot(node) >= 0) {
              return UNUSUAL; // a key for the second time
            }
          }
        }
      }
      if (at >= limit) {
        return malformed("a value was expected", at);
      }
      byte first = b[at];
      boolean opens = first == '{' || first == '[';
      int row = -1;
      if (opens) {
        if (node != SKIMMED) {
          row = tape.add(first == '{' ? JsonTape.OBJECT : JsonTape.ARRAY, 0, -1, last);
        }
      } else {
        int begin = at;
        int end;
        if (first == '"') {
          begin++;
          end = string(b, begin, limit);
          kind = escaped ? JsonTape.ESCAPED_STRING : JsonTape.STRING;
          at = end + 1;
        } else {
          end = scalar(at, first);
          at = end;
        }
        if (end < 0) {
          return -1;
        }
        if (node != SKIMMED) {
          row = tape.add(kind, begin, end, last);
        }
      }
      if (row >= 0) {
        last = row;
        if (keyStart >= 0) {
          tape.setKey(row, keyStart, keyEnd, keyEscaped, hash);
        }
        if (node >= 0) {
          tape.setSlot(node, row);
        }
      }
      if (seen++ >= most) {
        return limit("there are more than " + most + " values", at);
      }
      if (++children > mostKeys && inObject) {
        return limit("an object has more than " + mostKeys + " keys", at);
      }
      if (opens) {
        if (depth == limits.depth()) {
          return limit("nested deeper than " + limits.depth() + " levels", at);
        }
        if (node >= 0 && first == '[' && depth + 1 < limits.depth() && tree.isNamed(node)) {
          int end = pairs(b, at, limit, node, tree);
          if (end == UNUSUAL) {
            return UNUSUAL;
          }
          if (end != NO_PAIRS) {
            tape.setPartial(row, at, node);
            tape.close(row, 0, -1);
            at = end;
            opens = false;
          }
        }
      }
      if (opens) {
        int opened = STACKED * depth;
        open[opened] = container;
        open[opened + 1] = last;
        open[opened + 2] = children;
        open[opened + 3] = mode;
        open[opened + 4] = inObject ? 1 : 0;
        depth++;
        mode = node;
        if (node >= 0) {
          if (first == '[' || !tree.isInner(node) || tree.isNamed(node)) {
            mode = WHOLE;
          } else if (!tree.isWhole(node)) {
            tape.setPartial(row, at, node);
          }
        }
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
        if (container >= 0) {
          tape.close(container, children, last);
        }
        depth--;
        int opened = STACKED * depth;
        container = open[opened];
        last = open[opened + 1];
        children = open[opened + 2];
        mode = open[opened + 3];
        inObject = open[opened + 4] != 0;
        at = depth == 0 ? at + 1 : skipSpace(b, at + 1, limit);
      }
    }
  }

  /**
   * Reads an array of pairs {@code {"Name": n, "text": t}}, some without text, and keeps the texts
   * of the names that are wanted, of several the first. The end, or {@link #UNUSUAL}, or {@link
   * #NO_PAIRS} when it does not begin so.
   */
  private int pairs(byte[] b, int start, int limit, int node, KeyTree tree) {
    int at = skipSpace(b, start + 1, limit);
    if (at >= limit || b[at] != '{' || limits.keys() < 2) {
      return NO_PAIRS;
    }
    while (at < limit && b[at] == '{') {
      int name = behind(NAME, b, at + 1, limit) + 1;
      int nameEnd = name == 0 ? -1 : string(b, name, limit);
      if (nameEnd <= name || escaped || Ascii.isSpace(b[name]) || Ascii.isSpace(b[nameEnd - 1])) {
        return UNUSUAL;
      }
      at = skipSpace(b, nameEnd + 1, limit);
      int text = at;
      int end = at;
      int textKind = JsonTape.NULL;
      if (at < limit && b[at] == ',') {
        text = behind(TEXT, b, at + 1, limit) + 1;
        end = text == 0 ? -1 : string(b, text, limit);
        if (end < 0) {
          return UNUSUAL;
        }
        textKind = escaped ? JsonTape.ESCAPED_STRING : JsonTape.STRING;
        at = skipSpace(b, end + 1, limit);
        seen++;
      }
      if (at >= limit || b[at] != '}') {
        return UNUSUAL;
      }
      seen += 2;
      int child = tree.child(node, b, name, nameEnd);
      if (child >= 0 && tape.slot(child) < 0) {
        tape.setSlot(child, tape.add(textKind, text, end, -1));
      }
      at = skipSpace(b, at + 1, limit);
      if (at < limit && b[at] == ']') {
        return seen > limits.values() ? UNUSUAL : at + 1;
      }
      at = at < limit && b[at] == ',' ? skipSpace(b, at + 1, limit) : limit;
    }
    return UNUSUAL;
  }

  /** The quote that opens the string of a member with this key, or -1. */
  private static int behind(byte[] key, byte[] b, int start, int limit) {
    int at = skipSpace(b, start, limit);
    int end = at + key.length;
    if (end > limit || !Arrays.equals(b, at, end, key, 0, key.length)) {
      return -1;
    }
    at = skipSpace(b, end, limit);
    if (at >= limit || b[at] != ':') {
      return -1;
    }
    at = skipSpace(b, at + 1, limit);
    return at < limit && b[at] == '"' ? at : -1;
  }

  /** Reads a scalar that is no string; its end, or -1. */
  private int scalar(int at, byte first) {
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
    int digits = digits(at);
    if (digits == at || (bytes[at] == '0' && digits > at + 1)) {
      return malformed("a value was expected", start);
    }
    at = digits;
    kind = JsonTape.INTEGER;
    if (at < to && bytes[at] == '.') {
      kind = JsonTape.DECIMAL;
      digits = digits(at + 1);
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
      digits = digits(at);
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

  private static int keyHash(byte[] b, int start, int end, boolean keyEscaped) {
    if (!keyEscaped) {
      return JsonTape.hash(b, start, end);
    }
    Text key = JsonStrings.unescape(b, start, end);
    return JsonTape.hash(key.array(), key.from(), key.to());
  }

  private static int skipSpace(byte[] b, int start, int limit) {
    int at = start;
    while (at < limit && b[at] <= ' ' && Ascii.isBlank(b[at])) {
      at++;
    }
    return at;
  }

  private int malformed(String detail, int at) {
    problem = DecodingProblem.malformed(detail, at - from);
    unclosed = false;
    return -1;
  }

  private int limit(String detail, int at) {
    problem = DecodingProblem.limit(detail, at - from);
    return -1;
  }
}
