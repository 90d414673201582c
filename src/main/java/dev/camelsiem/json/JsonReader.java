package dev.camelsiem.json;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.DecodingProblem;
import dev.camelsiem.text.Octets;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text (RFC 8259, strictly) onto a {@link JsonTape} in one pass, without recursion.
 *
 * <p>Checks everything, UTF-8 included, so that nothing that comes later can fail; makes no values.
 */
public final class JsonReader extends JsonScanner {
  private static final KeyOrder NO_ORDER = new KeyOrder(new KeyTree.Builder().build());
  private static final byte[] NAME = Ascii.bytes("{\"Name\":");
  private static final byte[] TEXT = Ascii.bytes(",\"text\":");

  private final JsonTape tape;

  /** What is said of each open container's surroundings in {@link #open}. */
  private static final int STACKED = 6;

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
  // it is read, whether it is an object, its last key.
  private final int[] open;

  /** Of the tree that texts are read with; null when they are read without one. */
  private @Nullable KeyOrder order;

  /** Values so far, kept or not. */
  private int seen;

  public JsonReader(JsonLimits limits, JsonTape tape) {
    super(limits);
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
    if (tree == null) {
      order = null;
    } else if (order == null || !order.tree().equals(tree)) {
      order = new KeyOrder(tree);
    }
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
    bytes = NONE;
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
    int end = values(from, SKIMMED);
    if (end >= 0 && end < to && Ascii.isAlphanumeric(bytes[end - 1]) && !endsWord(bytes[end])) {
      end = malformed("text after the JSON value", end);
    }
    bytes = NONE;
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
    bytes = NONE;
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
    KeyOrder keys = order == null ? NO_ORDER : order;
    KeyTree tree = keys.tree();
    boolean marks = tree.marks();
    int limit = to;
    int most = limits.values();
    int mostKeys = limits.keys();
    int at = start;
    int depth = 0;
    seen = 0;
    // The innermost open container: how it is read, its row, the row of its last child, the number
    // of children, its last key.
    int mode = outermost;
    int container = -1;
    boolean inObject = false;
    int last = -1;
    int children = 0;
    int key = -1;
    while (true) {
      // A value is expected at `at`; in an object its key comes first.
      int keyStart = -1;
      int keyEnd = 0;
      boolean keyEscaped = false;
      int mark = 0;
      int node = mode;
      if (inObject) {
        if (at >= limit || b[at] != '"') {
          return malformed("a key in quotes was expected", at);
        }
        keyStart = at + 1;
        int guess = mode < 0 ? -1 : keys.behind(key);
        keyEnd = guess < 0 ? -1 : keys.end(guess, mode, b, keyStart, limit);
        if (keyEnd >= 0) {
          key = guess;
          node = keys.node(key);
        } else {
          keyEnd = string(b, keyStart, limit);
          if (keyEnd < 0) {
            return -1;
          }
          keyEscaped = escaped;
          if (mode >= 0 && !keyEscaped) {
            int found = keys.find(key, mode, b, keyStart, keyEnd);
            node = keys.node(found);
            key = found < 0 ? key : found;
          }
        }
        at = skipSpace(b, keyEnd + 1, limit);
        if (at >= limit || b[at] != ':') {
          return malformed("`:` was expected after a key", at);
        }
        at = skipSpace(b, at + 1, limit);
        if (mode >= 0) {
          if (marks) {
            node = keyEscaped ? tree.child(mode, JsonStrings.unescape(b, keyStart, keyEnd)) : node;
          } else if (keyEscaped || node >= 0 && tape.slot(node) >= 0) {
            return UNUSUAL; // or a key for the second time
          }
          if (node < 0) {
            node = tree.isWhole(mode) ? WHOLE : SKIMMED;
          }
        }
        if (marks) {
          mark = node;
        } else if (mode != SKIMMED && (mode < 0 || tree.isWhole(mode))) {
          mark = keyHash(b, keyStart, keyEnd, keyEscaped);
        }
      }
      if (at >= limit) {
        return malformed("a value was expected", at);
      }
      byte first = b[at];
      boolean opens = first == '{' || first == '[';
      int begin = 0;
      int end = -1;
      if (opens) {
        kind = first == '{' ? JsonTape.OBJECT : JsonTape.ARRAY;
      } else {
        begin = at;
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
      }
      int row = -1;
      if (node != SKIMMED) {
        row = tape.add(kind, begin, end, last, keyStart, keyEscaped ? ~keyEnd : keyEnd, mark);
        last = row;
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
          end = pairs(b, at, limit, node, keys);
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
        open[opened + 5] = key;
        depth++;
        mode = node;
        if (node >= 0) {
          mode = tree.below(node);
          if (first == '[' || !tree.isInner(mode) || tree.isNamed(node)) {
            mode = WHOLE;
          } else if (!tree.isWhole(node)) {
            tape.setPartial(row, at, node);
          }
        }
        key = mode < 0 ? -1 : keys.beginning(mode);
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
        key = open[opened + 5];
        at = depth == 0 ? at + 1 : skipSpace(b, at + 1, limit);
      }
    }
  }

  /**
   * Reads an array of pairs {@code {"Name": n, "text": t}}, some without text, and keeps the texts
   * of the names that are wanted, of several the first. The end, or {@link #UNUSUAL}, or {@link
   * #NO_PAIRS} when it does not begin so.
   */
  private int pairs(byte[] b, int start, int limit, int node, KeyOrder keys) {
    int at = skipSpace(b, start + 1, limit);
    if (at >= limit || b[at] != '{' || limits.keys() < 2) {
      return NO_PAIRS;
    }
    int key = keys.beginning(node);
    while (at < limit && b[at] == '{') {
      int name = behind(NAME, b, at, limit) + 1;
      int guess = keys.behind(key);
      int nameEnd = keys.end(guess, node, b, name, limit);
      if (nameEnd >= 0 && name > 0) {
        escaped = false;
        key = guess;
      } else {
        nameEnd = name == 0 ? -1 : string(b, name, limit);
        guess = nameEnd < 0 || escaped ? -1 : keys.find(key, node, b, name, nameEnd);
        key = guess < 0 ? key : guess;
      }
      if (nameEnd <= name || escaped || Ascii.isSpace(b[name]) || Ascii.isSpace(b[nameEnd - 1])) {
        return UNUSUAL;
      }
      at = skipSpace(b, nameEnd + 1, limit);
      int text = at;
      int end = at;
      int textKind = JsonTape.NULL;
      if (at < limit && b[at] == ',') {
        text = behind(TEXT, b, at, limit) + 1;
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
      int child = keys.node(guess);
      if (child >= 0 && tape.slot(child) < 0) {
        tape.setSlot(child, tape.add(textKind, text, end, -1, -1, 0, 0));
      }
      at = skipSpace(b, at + 1, limit);
      if (at < limit && b[at] == ']') {
        return seen > limits.values() ? UNUSUAL : at + 1;
      }
      at = at < limit && b[at] == ',' ? skipSpace(b, at + 1, limit) : limit;
    }
    return UNUSUAL;
  }

  /**
   * The quote that opens the string of a member, or -1.
   *
   * @param key what is usually before it: a bracket or comma, the key in quotes, a colon
   */
  private static int behind(byte[] key, byte[] b, int start, int limit) {
    int end = start + Octets.SIZE;
    if (end < limit && Octets.get(b, start) == Octets.get(key, 0) && b[end] == '"') {
      return end;
    }
    int at = skipSpace(b, start + 1, limit);
    end = at + key.length - 2;
    if (end > limit || !Arrays.equals(b, at, end, key, 1, key.length - 1)) {
      return -1;
    }
    at = skipSpace(b, end, limit);
    if (at >= limit || b[at] != ':') {
      return -1;
    }
    at = skipSpace(b, at + 1, limit);
    return at < limit && b[at] == '"' ? at : -1;
  }

  private static int keyHash(byte[] b, int start, int end, boolean keyEscaped) {
    if (!keyEscaped) {
      return JsonTape.hash(b, start, end);
    }
    Text key = JsonStrings.unescape(b, start, end);
    return JsonTape.hash(key.array(), key.from(), key.to());
  }
}
