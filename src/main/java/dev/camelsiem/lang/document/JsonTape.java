package dev.camelsiem.lang.document;

import dev.camelsiem.text.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a JSON text as rows of numbers: kind, place in the bytes, neighbours, key.
 *
 * <p>Strings and numbers stay where they are in the bytes until somebody asks for them. Filled by
 * {@link JsonReader}; reused from event to event.
 */
final class JsonTape {
  // Kinds of rows.
  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int STRING = 3;
  static final int ESCAPED_STRING = 4;
  static final int INTEGER = 5;
  static final int DECIMAL = 6;
  static final int OBJECT = 7;
  static final int ARRAY = 8;

  // Columns of a row.
  private static final int KIND = 0;

  /** First byte of a scalar's text; number of children of a container. */
  private static final int START = 1;

  /** End of a scalar's text; last child of a container. */
  private static final int END = 2;

  /** The row behind this one and all below it. */
  private static final int NEXT = 3;

  /** The sibling before, or -1. */
  private static final int PREVIOUS = 4;

  private static final int KEY_START = 5;

  /** End of the key; negative (the complement) when the key has escapes. */
  private static final int KEY_END = 6;

  private static final int KEY_HASH = 7;
  private static final int COLUMNS = 8;

  /** Rows beyond which the memory is given back after the event. */
  private static final int KEPT_ROWS = 16_384;

  private byte[] bytes = {};
  private int[] rows = new int[128 * COLUMNS];
  private int count;
  private @Nullable Object[] values = new Object[128];
  private int[] namedRoom = new int[128];
  private long looked;

  /** Room for one {@link NamedRows}, which lives as long as the tape is not cleared. */
  int[] namedRoom(int size) {
    if (namedRoom.length < size) {
      namedRoom = new int[Math.max(size, 2 * namedRoom.length)];
    }
    return namedRoom;
  }

  /** Forgets everything and takes new bytes. */
  void clear(byte[] newBytes) {
    Arrays.fill(values, 0, Math.min(count, values.length), null);
    bytes = newBytes;
    count = 0;
    if (rows.length > KEPT_ROWS * COLUMNS) {
      rows = new int[128 * COLUMNS];
      values = new Object[128];
      namedRoom = new int[128];
    }
  }

  int count() {
    return count;
  }

  /** Counts a walk over so many rows or entries. */
  void look(int walked) {
    looked += walked;
  }

  /** Rows, entries and blocks of 16 bytes of keys that look-ups have walked over, ever. */
  long looked() {
    return looked;
  }

  /** Adds a row; its key is set separately. */
  int add(int kind, int start, int end, int previous) {
    int row = count++;
    int at = row * COLUMNS;
    if (at + COLUMNS > rows.length) {
      rows = Arrays.copyOf(rows, rows.length * 2);
    }
    rows[at + KIND] = kind;
    rows[at + START] = start;
    rows[at + END] = end;
    rows[at + NEXT] = row + 1;
    rows[at + PREVIOUS] = previous;
    rows[at + KEY_START] = -1;
    return row;
  }

  void setKey(int row, int start, int end, boolean escaped, int hash) {
    int at = row * COLUMNS;
    rows[at + KEY_START] = start;
    rows[at + KEY_END] = escaped ? ~end : end;
    rows[at + KEY_HASH] = hash;
  }

  void close(int row, int children, int lastChild) {
    int at = row * COLUMNS;
    rows[at + START] = children;
    rows[at + END] = lastChild;
    rows[at + NEXT] = count;
  }

  int kind(int row) {
    return rows[row * COLUMNS + KIND];
  }

  int children(int container) {
    return rows[container * COLUMNS + START];
  }

  /** The row behind a row and all below it: the next sibling, if there is one. */
  int next(int row) {
    return rows[row * COLUMNS + NEXT];
  }

  /** The member of this key, or -1. Of several the last one wins. */
  int member(int object, Text key) {
    byte[] wanted = key.array();
    int from = key.from();
    int to = key.to();
    int hash = hash(wanted, from, to);
    int row = rows[object * COLUMNS + END];
    int walked = 0;
    while (row >= 0) {
      int at = row * COLUMNS;
      walked++;
      if (rows[at + KEY_HASH] == hash) {
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
  Text key(int row) {
    int start = rows[row * COLUMNS + KEY_START];
    int end = rows[row * COLUMNS + KEY_END];
    return end < 0 ? JsonStrings.unescape(bytes, start, ~end) : Text.of(bytes, start, end);
  }

  /** Where a scalar's text begins. */
  int start(int row) {
    return rows[row * COLUMNS + START];
  }

  /** Where a scalar's text ends. */
  int end(int row) {
    return rows[row * COLUMNS + END];
  }

  byte[] bytes() {
    return bytes;
  }

  /** The value of a row: made once, null for JSON null. String leaves are trimmed (xp 2.3.2). */
  @Nullable Object value(int row) {
    int at = row * COLUMNS;
    int kind = rows[at + KIND];
    if (kind == NULL) {
      return null;
    }
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(row + 1, Math.min(count, values.length * 2)));
    }
    Object value = values[row];
    if (value == null) {
      value = make(row, kind, rows[at + START], rows[at + END]);
      values[row] = value;
    }
    return value;
  }

  private Object make(int row, int kind, int start, int end) {
    return switch (kind) {
      case TRUE -> true;
      case FALSE -> false;
      case STRING -> JsonStrings.trimmed(bytes, start, end);
      case ESCAPED_STRING -> {
        Text text = JsonStrings.unescape(bytes, start, end);
        yield JsonStrings.trimmed(text.array(), text.from(), text.to());
      }
      case INTEGER, DECIMAL -> JsonNumbers.value(bytes, start, end, kind == INTEGER);
      case OBJECT -> new JsonObject(this, row);
      default -> new JsonArray(this, row);
    };
  }

  /** A cheap hash of a key: of its length and three of its bytes. */
  static int hash(byte[] bytes, int from, int to) {
    int length = to - from;
    return length == 0
        ? 0
        : length * 37 + bytes[from] * 131 + bytes[to - 1] * 17 + bytes[from + (length >> 1)] * 71;
  }
}
