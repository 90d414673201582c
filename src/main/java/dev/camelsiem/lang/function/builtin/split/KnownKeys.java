package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.text.Octets;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import java.util.Collection;

/**
 * The keys that a rule reads of a map, each with a number: when nothing else of the map is asked
 * for, nothing else of it needs to be kept. One table in one piece; immutable.
 */
public final class KnownKeys {
  private static final int SPREAD = 0x9E3779B1;

  private final Text[] keys;

  /** Pairs of a {@link #tag} and the number of its key plus 1; 0 ends a row of neighbours. */
  private final int[] table;

  private final int shift;

  /** The first eight bytes of each key, and the last eight; of a shorter one all, and zeros. */
  private final long[] heads;

  private final long[] tails;

  /**
   * @param distinct each key once; their numbers are their places
   */
  public KnownKeys(Collection<Text> distinct) {
    keys = distinct.toArray(Text[]::new);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(keys.length) + 1;
    shift = Integer.SIZE - bits;
    table = new int[2 << bits];
    heads = new long[keys.length];
    tails = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      byte[] padded = Arrays.copyOf(keys[i].toBytes(), Math.max(Octets.SIZE, keys[i].length()));
      heads[i] = Octets.get(padded, 0);
      tails[i] = Octets.get(padded, padded.length - Octets.SIZE);
      int tag = tag(keys[i].array(), keys[i].from(), keys[i].to());
      int at = slot(tag);
      while (table[at + 1] != 0) {
        at = next(at);
      }
      table[at] = tag;
      table[at + 1] = i + 1;
    }
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

  private int slot(int tag) {
    return tag * SPREAD >>> shift << 1;
  }

  private int next(int at) {
    return at + 2 & table.length - 1;
  }

  int size() {
    return keys.length;
  }

  Text key(int number) {
    return keys[number];
  }

  /** The number of a key; -1 when nobody reads it. */
  public int number(Text key) {
    return number(key.array(), key.from(), key.to());
  }

  int number(byte[] bytes, int from, int to) {
    int tag = tag(bytes, from, to);
    for (int at = slot(tag); table[at + 1] != 0; at = next(at)) {
      if (table[at] == tag && is(table[at + 1] - 1, bytes, from, to)) {
        return table[at + 1] - 1;
      }
    }
    return -1;
  }

  /** Whether bytes are a key; most are compared eight at a time. */
  private boolean is(int number, byte[] bytes, int from, int to) {
    Text key = keys[number];
    int length = to - from;
    boolean few = length > 0 && length <= 2 * Octets.SIZE && from + Octets.SIZE <= bytes.length;
    if (!few || length != key.length()) {
      return Arrays.equals(bytes, from, to, key.array(), key.from(), key.to());
    }
    long different = Octets.get(bytes, from) ^ heads[number];
    return length < Octets.SIZE
        ? different << (Octets.SIZE - length) * Byte.SIZE == 0
        : different == 0 && Octets.get(bytes, to - Octets.SIZE) == tails[number];
  }
}
