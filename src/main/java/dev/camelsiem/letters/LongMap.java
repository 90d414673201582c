package dev.camelsiem.letters;

/** Numbers by numbers, in two arrays. No value is 0. Not thread-safe. */
final class LongMap {
  private static final int FIRST = 1 << 8;

  private long[] keys = new long[FIRST];
  private long[] values = new long[FIRST];
  private int size;

  int size() {
    return size;
  }

  /** The value of a key, or 0 when it has none. */
  long get(long key) {
    return values[slot(key, keys, values)];
  }

  /**
   * Sets a value.
   *
   * @param value not 0
   */
  void put(long key, long value) {
    int slot = slot(key, keys, values);
    if (values[slot] == 0) {
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
    if (size * 2 > keys.length) {
      grow();
    }
  }

  /** Hears an entry. */
  interface Taker<E extends Exception> {
    void take(long key, long value) throws E;
  }

  <E extends Exception> void each(Taker<E> taker) throws E {
    for (int i = 0; i < keys.length; i++) {
      if (values[i] != 0) {
        taker.take(keys[i], values[i]);
      }
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new long[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        int slot = slot(oldKeys[i], keys, values);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private static int slot(long key, long[] keys, long[] values) {
    long hash = key * 0x9e3779b97f4a7c15L;
    int at = (int) (hash >>> 32) & (keys.length - 1);
    while (values[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }
}
