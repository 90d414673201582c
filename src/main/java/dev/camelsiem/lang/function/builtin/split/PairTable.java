package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pairs as places in one text, while they are found. */
final class PairTable {
  /** {@link #tag} of the key, then begin and end of key and value. */
  static final int WIDTH = 5;

  /** Up to so many pairs a walk over their tags beats a hash table. */
  private static final int FEW = 64;

  private final byte[] bytes;
  private int[] places = new int[32 * WIDTH];
  private int end;

  PairTable(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Adds a pair whose value ends before the white space at its end. */
  void add(Budget budget, int keyFrom, int keyTo, int valueFrom, int valueTo) {
    addQuoted(budget, keyFrom, keyTo, valueFrom, Ascii.trimEnd(bytes, valueFrom, valueTo));
  }

  /** Adds a pair whose value is exactly this. */
  void addQuoted(Budget budget, int keyFrom, int keyTo, int valueFrom, int valueTo) {
    budget.step(1);
    if (end == places.length) {
      budget.output(4 * places.length);
      places = Arrays.copyOf(places, places.length * 2);
    }
    int from = Ascii.skipSpace(bytes, keyFrom, keyTo);
    int to = Ascii.trimEnd(bytes, from, keyTo);
    places[end] = tag(bytes, from, to);
    places[end + 1] = from;
    places[end + 2] = to;
    places[end + 3] = valueFrom;
    places[end + 4] = valueTo;
    end += WIDTH;
  }

  /** What few keys have in common: their length and three of their bytes. */
  static int tag(byte[] key, int from, int to) {
    if (from == to) {
      return 0;
    }
    int middle = from + to >>> 1;
    return (to - from) << 24
        ^ (key[from] & 0xFF) << 16
        ^ (key[middle] & 0xFF) << 8
        ^ (key[to - 1] & 0xFF);
  }

  /** The last value goes on up to here. */
  void extendLast(int valueTo) {
    int valueFrom = places[end - 2];
    int to = Ascii.trimEnd(bytes, valueFrom, valueTo);
    places[end - 2] = Ascii.skipSpace(bytes, valueFrom, to);
    places[end - 1] = to;
  }

  MapValue toMap(Budget budget) {
    if (end <= FEW * WIDTH) {
      return new PairMap(bytes, places, end);
    }
    budget.output(16 * end);
    Map<Text, @Nullable Object> map = new LinkedHashMap<>(end / WIDTH * 2);
    for (int i = 0; i < end; i += WIDTH) {
      map.putIfAbsent(slice(bytes, places, i + 1), nullable(bytes, places, i + 3));
    }
    return MapValue.of(map);
  }

  static Text slice(byte[] bytes, int[] places, int at) {
    return Text.of(bytes, places[at], places[at + 1]);
  }

  static @Nullable Text nullable(byte[] bytes, int[] places, int at) {
    return places[at] == places[at + 1] ? null : slice(bytes, places, at);
  }
}
