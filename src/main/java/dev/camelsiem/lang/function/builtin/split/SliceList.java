package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** A list of slices of one text that makes a {@link Text} only of the elements that are read. */
final class SliceList implements ListValue {
  private final byte[] bytes;
  private final byte[] apart;
  private final int[] bounds;
  private final int size;

  /**
   * @param apart holds the elements that are no slice of {@code bytes}
   * @param bounds begin and end of each element, in turn, and with their bits inverted those in
   *     {@code apart}; an empty slice is null
   */
  SliceList(byte[] bytes, byte[] apart, int[] bounds, int size) {
    this.bytes = bytes;
    this.apart = apart;
    this.bounds = bounds;
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable Object get(int index) {
    int from = bounds[2 * index];
    int to = bounds[2 * index + 1];
    if (from < 0) {
      return Text.of(apart, ~from, ~to);
    }
    return from == to ? null : Text.of(bytes, from, to);
  }
}
