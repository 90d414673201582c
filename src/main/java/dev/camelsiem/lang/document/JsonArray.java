package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.ListValue;
import org.jspecify.annotations.Nullable;

/** A JSON array on the tape; remembers where it was, so that a walk in order is cheap. */
final class JsonArray implements ListValue {
  private final JsonTape tape;
  private final int row;
  private int lastIndex;
  private int lastRow;

  JsonArray(JsonTape tape, int row) {
    this.tape = tape;
    this.row = row;
    this.lastRow = row + 1;
  }

  /** The array as a map from names to texts when all of its elements are plain pairs; or null. */
  @Nullable NamedRows named() {
    return NamedRows.of(tape, row);
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
    if (index < lastIndex) {
      lastIndex = 0;
      lastRow = row + 1;
    }
    while (lastIndex < index) {
      lastRow = tape.next(lastRow);
      lastIndex++;
    }
    return tape.value(lastRow);
  }
}
