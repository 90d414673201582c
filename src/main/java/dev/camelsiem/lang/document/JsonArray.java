package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonTape;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array on the tape; remembers where it was, so that a walk in order is cheap, and makes an
 * index once walks to and fro have cost some times what the elements are.
 */
final class JsonArray implements ListValue {
  private static final int MOST_WALKS = 16;
  private static final int ALWAYS_WALKED = 1024;

  private final JsonValues values;
  private final JsonTape tape;

  /**
   * Changes once at most, when the elements of an array are asked for of which only names are kept.
   */
  private int row;

  private boolean partial;
  private long walked;
  private int @Nullable [] rows;
  private int lastIndex;
  private int lastRow;

  JsonArray(JsonValues values, int row) {
    this.values = values;
    this.tape = values.tape();
    this.row = row;
    this.partial = tape.partialNode(row) >= 0;
    this.lastRow = row + 1;
  }

  /** The array as a map from names to texts when all of its elements are plain pairs; or null. */
  @Nullable MapValue named() {
    return partial ? new NamedSlots(values, row, this) : NamedRows.of(values, row);
  }

  /** From now on all elements have rows. */
  void readWhole() {
    if (partial) {
      row = values.readWhole(row);
      partial = false;
      lastRow = row + 1;
    }
  }

  @Override
  public int size() {
    readWhole();
    return tape.children(row);
  }

  @Override
  public @Nullable Object get(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(index + " of " + size());
    }
    if (rows != null) {
      return values.value(rows[index]);
    }
    if (index < lastIndex) {
      lastIndex = 0;
      lastRow = row + 1;
    }
    walked += index - lastIndex;
    tape.look(index - lastIndex);
    while (lastIndex < index) {
      lastRow = tape.next(lastRow);
      lastIndex++;
    }
    if (walked > ALWAYS_WALKED + (long) MOST_WALKS * size()) {
      rows = rows();
    }
    return values.value(lastRow);
  }

  private int[] rows() {
    int[] all = new int[size()];
    int next = row + 1;
    for (int i = 0; i < all.length; i++) {
      all[i] = next;
      next = tape.next(next);
    }
    tape.look(all.length);
    return all;
  }
}
