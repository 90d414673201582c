package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All pairs. */
final class PairTable extends Pairs {
  /** {@link KnownKeys#tag} of the key, then begin and end of key and value. */
  static final int WIDTH = 5;

  /** Up to so many pairs a walk over their tags beats a hash table. */
  private static final int FEW = 64;

  private int[] places = new int[32 * WIDTH];
  private int end;

  PairTable(byte[] bytes) {
    super(bytes);
  }

  @Override
  void put(Budget budget, int keyFrom, int keyTo, int valueFrom, int valueTo) {
    if (end == places.length) {
      budget.output(4 * places.length);
      places = Arrays.copyOf(places, places.length * 2);
    }
    places[end] = KnownKeys.tag(bytes, keyFrom, keyTo);
    places[end + 1] = keyFrom;
    places[end + 2] = keyTo;
    places[end + 3] = valueFrom;
    places[end + 4] = valueTo;
    end += WIDTH;
  }

  @Override
  void extendLast(int valueTo) {
    extend(places, end - 2, valueTo);
  }

  @Override
  boolean isComplete() {
    return false;
  }

  @Override
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
}
