package dev.camelsiem.lang.document;

import dev.camelsiem.json.JsonTape;
import dev.camelsiem.lang.value.ListValue;
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
  private final int row;
  private long walked;
  private int @Nullable [] rows;
  private int lastIndex;
  private int lastRow;

  JsonArray(JsonValues values, int row) {
    this.values = values;
    this.tape = values.tape();
    this.row = row;
    this.lastRow = row + 1;
  }

  /** The array as a map from names to texts when all of its elements are plain pairs; or null. */
  @Nullable NamedRows named() {
    return NamedRows.of(values, row);
  }

  @Override
  public int size() {
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
