package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** Pairs as places in one text, while they are found. */
abstract class Pairs {
  final byte[] bytes;

  Pairs(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Adds a pair whose value is exactly this; white space around its key doesn't belong to it. */
  final void add(Budget budget, int keyFrom, int keyTo, int valueFrom, int valueTo) {
    budget.step(1);
    int from = Ascii.skipSpace(bytes, keyFrom, keyTo);
    put(budget, from, Ascii.trimEnd(bytes, from, keyTo), valueFrom, valueTo);
  }

  abstract void put(Budget budget, int keyFrom, int keyTo, int valueFrom, int valueTo);

  /** The last value goes on up to here. */
  abstract void extendLast(int valueTo);

  /** True when no further pair can change anything. */
  abstract boolean isComplete();

  abstract MapValue toMap(Budget budget);

  /** The last value, the begin of which is at a place, goes on. */
  final void extend(int[] places, int at, int valueTo) {
    int to = Ascii.trimEnd(bytes, places[at], valueTo);
    places[at] = Ascii.skipSpace(bytes, places[at], to);
    places[at + 1] = to;
  }

  static Text slice(byte[] bytes, int[] places, int at) {
    return Text.of(bytes, places[at], places[at + 1]);
  }

  static @Nullable Text nullable(byte[] bytes, int[] places, int at) {
    return places[at] == places[at + 1] ? null : slice(bytes, places, at);
  }
}
