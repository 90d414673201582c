package dev.camelsiem.lang.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A List value: elements by index, each of which may be null; never changes. */
public interface ListValue {
  /** A list without elements. */
  ListValue EMPTY = new ArrayList(new Object[0]);

  int size();

  /** The element at an index from 0 to {@code size() - 1}. */
  @Nullable Object get(int index);

  /** A list of these elements, copied. */
  static ListValue of(List<? extends @Nullable Object> elements) {
    return ofArray(elements.toArray());
  }

  /** A list of these elements; the caller gives the array away. */
  static ListValue ofArray(@Nullable Object[] elements) {
    return elements.length == 0 ? EMPTY : new ArrayList(elements);
  }

  /** A list that lies in an array. */
  final class ArrayList implements ListValue {
    private final @Nullable Object[] elements;

    private ArrayList(@Nullable Object[] elements) {
      this.elements = elements;
    }

    @Override
    public int size() {
      return elements.length;
    }

    @Override
    public @Nullable Object get(int index) {
      return elements[index];
    }

    @Override
    public String toString() {
      return "List of " + elements.length;
    }
  }
}
