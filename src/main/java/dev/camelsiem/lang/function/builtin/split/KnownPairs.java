package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The pairs of a text that have {@linkplain KnownKeys known keys}; it forgets all others. */
public final class KnownPairs extends Pairs implements MapValue {
  private final KnownKeys keys;

  /** Begin and end of each key's value; 0 when there is none, since no value stands there. */
  private final int[] places;

  private int missing;

  /** Where the last pair has its place, or -1: it isn't known, or it isn't the first of its key. */
  private int last = -1;

  private boolean complete;

  KnownPairs(byte[] bytes, KnownKeys keys) {
    super(bytes);
    this.keys = keys;
    this.places = new int[2 * keys.size()];
    this.missing = keys.size();
  }

  @Override
  void put(Budget budget, int keyFrom, int keyTo, int valueFrom, int valueTo) {
    complete = missing == 0; // the last value could go on until now
    int at = 2 * keys.number(bytes, keyFrom, keyTo);
    if (at < 0 || places[at + 1] > 0) {
      last = -1;
      return;
    }
    places[at] = valueFrom;
    places[at + 1] = valueTo;
    missing--;
    last = at;
  }

  @Override
  void extendLast(int valueTo) {
    if (last >= 0) {
      extend(places, last, valueTo);
    }
  }

  @Override
  boolean isComplete() {
    return complete;
  }

  @Override
  MapValue toMap(Budget budget) {
    return this;
  }

  /** True when the numbers are those of these keys. */
  @SuppressWarnings("ReferenceEquality") // keys of one rule, not those that are like them
  public boolean isOf(KnownKeys known) {
    return keys == known;
  }

  /** The value of a key by its number. */
  public @Nullable Text value(int number) {
    return nullable(bytes, places, 2 * number);
  }

  @Override
  public @Nullable Object get(Text key) {
    int number = keys.number(key);
    return number < 0 ? null : value(number);
  }

  @Override
  public int size() {
    return keys.size() - missing;
  }

  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    for (int i = 0; i < keys.size(); i++) {
      if (places[2 * i + 1] > 0) {
        visitor.accept(keys.key(i), value(i));
      }
    }
  }
}
