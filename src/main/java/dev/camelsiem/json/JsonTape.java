package dev.camelsiem.json;

import dev.camelsiem.text.Octets;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a JSON text as rows of numbers: kind, place in the bytes, neighbours, key.
 *
 * <p>Row 0 is the root; the row behind a container is its first child, {@link #next} leads to its
 * siblings. Strings and numbers stay where they are in the bytes until somebody asks for them.
 * Filled by {@link JsonReader}; reused from text to text.
 */
public final class JsonTape {

  /** An odd number without pattern, after Knuth. */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  // Kinds of rows.
  public static final int NULL = 0;
  public static final int TRUE = 1;
  public static final int FALSE = 2;
  public static final int STRING = 3;
  public static final int ESCAPED_STRING = 4;
  public static final int INTEGER = 5;
  public static final int DECIMAL = 6;
  public static final int OBJECT = 7;
  public static final int ARRAY = 8;

  /** Added to the kind of a container of which only the members in the tree have rows. */
  private static final int PARTIAL = 16;

  // Columns of a row.
  private static final int KIND = 0;

  /**
   * First byte of a scalar's text; number of children of a container; first byte of a partial
   * container.
   */
  private static final int START = 1;

  /** End of a scalar's text; last child of a container; node of a partial container. */
  private static final int END = 2;

  /** The row behind this one and all below it. */
  private static final int NEXT = 3;

  /** The sibling before, or -1. */
  private static final int PREVIOUS = 4;

  private static final int KEY_START = 5;

  /** End of the key; negative (the complement) when the key has escapes. */
  private static final int KEY_END = 6;

  /** The hash of the key; its node when the tree marks. */
  private static final int KEY_MARK = 7;

  private static final int COLUMNS = 8;

  /** Rows beyond which the memory is given back after the text. */
  private static final int KEPT_ROWS = 16_384;

  private static final int MOST_BASE = Integer.MAX_VALUE / 2;

  private byte[] bytes = {};
  private int[] rows = new int[128 * COLUMNS];
  private int count;
  private long looked;
  private int end;
  private @Nullable KeyTree tree;

  /** By node of the tree: the row, added to a base that no number from an earlier text reaches. */
  private int[] slots = {};

  private int base = 1;

  /** Forgets everything and takes a new text. */
  void clear(byte[] newBytes, int newEnd, @Nullable KeyTree newTree) {
    bytes = newBytes;
    end = newEnd;
    tree = newTree;
    base += count;
    int nodes = newTree == null ? 0 : newTree.size();
    if (slots.length < nodes || base > MOST_BASE) {
      slots = new int[nodes];
      base = 1;
    }
    count = 0;
    if (rows.length > KEPT_ROWS * COLUMNS) {
      rows = new int[128 * COLUMNS];
    }
  }

  /** Number of rows. */
  public int count() {
    return count;
  }

  /** Counts a walk over so many rows or entries. */
  public void look(int walked) {
    looked += walked;
  }

  /** Rows, entries and blocks of 16 bytes of keys that look-ups have walked over, ever. */
  public long looked() {
    return looked;
  }

  /**
   * Adds a row.
   *
   * @param keyStart -1 when there is no key
   * @param keyEnd its complement when the key has escapes
   */
  int add(int kind, int start, int end, int previous, int keyStart, int keyEnd, int mark) {
    int row = count;
    int at = row * COLUMNS;
    int[] columns = rows;
    if (at + COLUMNS > columns.length) {
      columns = Arrays.copyOf(columns, columns.length * 2);
      rows = columns;
    }
    count = row + 1;
    columns[at + KIND] = kind;
    columns[at + START] = start;
    columns[at + END] = end;
    columns[at + NEXT] = row + 1;
    columns[at + PREVIOUS] = previous;
    columns[at + KEY_START] = keyStart;
    columns[at + KEY_END] = keyEnd;
    columns[at + KEY_MARK] = mark;
    return row;
  }

  void close(int row, int children, int lastChild) {
    int at = row * COLUMNS;
    rows[at + NEXT] = count;
    if ((rows[at + KIND] & PARTIAL) == 0) {
      rows[at + START] = children;
      rows[at + END] = lastChild;
    }
  }

  /** Makes a container that was just added one of which only the members in the tree have rows. */
  void setPartial(int row, int start, int node) {
    int at = row * COLUMNS;
    rows[at + KIND] |= PARTIAL;
    rows[at + START] = start;
    rows[at + END] = node;
  }

  void setSlot(int node, int row) {
    slots[node] = base + row;
  }

  /** The row of a node of the tree that the text was read with, or -1. */
  public int slot(int node) {
    return Math.max(-1, slots[node] - base);
  }

  /** The tree that the text was read with; null when all has rows. */
  public @Nullable KeyTree tree() {
    return tree;
  }

  /**
   * The node of a container of which only the members in the tree have rows: its members are found
   * by {@link #slot} alone, and before anything else is asked for {@link JsonReader#readWhole} has
   * to read it. Else -1.
   */
  public int partialNode(int row) {
    int at = row * COLUMNS;
    return (rows[at + KIND] & PARTIAL) == 0 ? -1 : rows[at + END];
  }

  int end() {
    return end;
  }

  /** One of the kinds above. */
  public int kind(int row) {
    return rows[row * COLUMNS + KIND] & ~PARTIAL;
  }

  public boolean isString(int row) {
    int kind = kind(row);
    return kind == STRING || kind == ESCAPED_STRING;
  }

  /** Number of members or elements. */
  public int children(int container) {
    return rows[container * COLUMNS + START];
  }

  /** The row behind a row and all below it: the next sibling, if there is one. */
  public int next(int row) {
    return rows[row * COLUMNS + NEXT];
  }

  /** The member of this key, or -1. Of several the last one wins. Not for a tree that marks. */
  public int member(int object, Text key) {
    byte[] wanted = key.array();
    int from = key.from();
    int to = key.to();
    int hash = hash(wanted, from, to);
    int row = rows[object * COLUMNS + END];
    int walked = 0;
    while (row >= 0) {
      int at = row * COLUMNS;
      walked++;
      if (rows[at + KEY_MARK] == hash) {
        if (keyEquals(at, wanted, from, to)) {
          break;
        }
        walked += Math.abs(rows[at + KEY_END]) - rows[at + KEY_START] >> 4;
      }
      row = rows[at + PREVIOUS];
    }
    looked += walked;
    return row;
  }

  private boolean keyEquals(int at, byte[] wanted, int from, int to) {
    int end = rows[at + KEY_END];
    if (end < 0) {
      Text key = JsonStrings.unescape(bytes, rows[at + KEY_START], ~end);
      return Arrays.equals(key.array(), key.from(), key.to(), wanted, from, to);
    }
    return Arrays.equals(bytes, rows[at + KEY_START], end, wanted, from, to);
  }

  /** The key of an object's member, not trimmed. */
  public Text key(int row) {
    int start = rows[row * COLUMNS + KEY_START];
    int end = rows[row * COLUMNS + KEY_END];
    return end < 0 ? JsonStrings.unescape(bytes, start, ~end) : Text.of(bytes, start, end);
  }

  /** Where the bytes of a member's key begin, behind the quote. */
  public int keyStart(int row) {
    return rows[row * COLUMNS + KEY_START];
  }

  /** Where the bytes of a member's key end. */
  public int keyEnd(int row) {
    int end = rows[row * COLUMNS + KEY_END];
    return end < 0 ? ~end : end;
  }

  /**
   * The node of a member of an object, or -1; only when the tree {@linkplain KeyTree.Builder#mark
   * marks}.
   */
  public int node(int row) {
    return rows[row * COLUMNS + KEY_MARK];
  }

  /** Where a scalar's text begins, behind the quote of a string. */
  public int start(int row) {
    return rows[row * COLUMNS + START];
  }

  /** Where a scalar's text ends. */
  public int end(int row) {
    return rows[row * COLUMNS + END];
  }

  /** The bytes that the rows point into; read only. */
  public byte[] bytes() {
    return bytes;
  }

  /** The text of a string, its escapes resolved, not trimmed. */
  public Text text(int row) {
    int start = start(row);
    int end = end(row);
    return kind(row) == ESCAPED_STRING
        ? JsonStrings.unescape(bytes, start, end)
        : Text.of(bytes, start, end);
  }

  /** A cheap hash of a key: of its length and of eight bytes at either end. */
  public static int hash(byte[] bytes, int from, int to) {
    return hash(head(bytes, from, to), tail(bytes, from, to), to - from);
  }

  static int hash(long head, long tail, int length) {
    long mixed = ((head + length) * MULTIPLIER ^ tail) * MULTIPLIER;
    return (int) (mixed >>> Integer.SIZE);
  }

  /** The first eight bytes of a key, fewer with zeros behind them. */
  static long head(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length >= Long.BYTES) {
      return Octets.get(bytes, from);
    }
    if (to >= Long.BYTES) {
      int others = Long.SIZE - 1 - length * Byte.SIZE;
      return Octets.get(bytes, to - Long.BYTES) >>> 1 >>> others;
    }
    long word = 0;
    for (int at = to - 1; at >= from; at--) {
      word = word << Byte.SIZE | bytes[at] & 0xff;
    }
    return word;
  }

  /** The last eight bytes of a key, 0 when there are fewer. */
  static long tail(byte[] bytes, int from, int to) {
    return to - from < Long.BYTES ? 0 : Octets.get(bytes, to - Long.BYTES);
  }
}
