package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A map of few pairs that lie in one text; makes a {@link Text} only of values that are read. */
final class PairMap implements MapValue {
  private final byte[] bytes;
  private final int[] places;
  private final int end;

  /** Of the keys, once somebody has asked. */
  private int size = -1;

  PairMap(byte[] bytes, int[] places, int end) {
    this.bytes = bytes;
    this.places = places;
    this.end = end;
  }

  @Override
  public @Nullable Object get(Text key) {
    int at =
        find(KnownKeys.tag(key.array(), key.from(), key.to()), key.array(), key.from(), key.to());
    return at < 0 ? null : Pairs.nullable(bytes, places, at + 3);
  }

  private int find(int tag, byte[] key, int from, int to) {
    for (int at = 0; at < end; at += PairTable.WIDTH) {
      if (places[at] == tag
          && Arrays.equals(bytes, places[at + 1], places[at + 2], key, from, to)) {
        return at;
      }
    }
    return -1;
  }

  /** A repeated key counts once. */
  private boolean isFirst(int at) {
    return find(places[at], bytes, places[at + 1], places[at + 2]) == at;
  }

  @Override
  public int size() {
    if (size < 0) {
      int found = 0;
      for (int at = 0; at < end; at += PairTable.WIDTH) {
        found += isFirst(at) ? 1 : 0;
      }
      size = found;
    }
    return size;
  }

  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    for (int at = 0; at < end; at += PairTable.WIDTH) {
      if (isFirst(at)) {
        visitor.accept(Pairs.slice(bytes, places, at + 1), Pairs.nullable(bytes, places, at + 3));
      }
    }
  }
}
