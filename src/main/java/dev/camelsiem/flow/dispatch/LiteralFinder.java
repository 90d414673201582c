package dev.camelsiem.flow.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds all of many literals in one pass over a text. Immutable.
 *
 * <p>Each literal is known by four bytes in a row. The four bytes at every place of the text are
 * hashed into a small table of bits; nearly all places end there. What a byte costs does not depend
 * on the number of literals, and unlike an automaton no step waits for the one before.
 */
final class LiteralFinder {
  /** Bytes by which a literal is known; shorter literals can't be found. */
  static final int GRAM = Integer.BYTES;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** An odd number without pattern, after Knuth: it spreads the grams over the table. */
  private static final int MULTIPLIER = 0x9E3779B1;

  private static final int[] NONE = {};

  private final byte[][] literals;

  /** Place of its gram in each literal. */
  private final int[] offsets;

  private final int shift;
  private final long[] filter;

  /** Literals by the hash of their gram. */
  private final int[][] buckets;

  /**
   * @param literals each at least {@link #GRAM} bytes long
   */
  LiteralFinder(List<byte[]> literals) {
    this.literals = literals.toArray(byte[][]::new);
    this.offsets = new int[literals.size()];
    int bits = Math.max(10, 36 - Integer.numberOfLeadingZeros(Math.max(1, literals.size())));
    this.shift = 32 - Math.min(20, bits);
    this.filter = new long[1 << 32 - shift - 6];
    List<List<Integer>> byHash = new ArrayList<>();
    for (int i = 0; i < 1 << 32 - shift; i++) {
      byHash.add(List.of());
    }
    for (int i = 0; i < literals.size(); i++) {
      offsets[i] = leastCrowded(literals.get(i), byHash);
      int hash = hash(literals.get(i), offsets[i]);
      List<Integer> bucket = new ArrayList<>(byHash.get(hash));
      bucket.add(i);
      byHash.set(hash, bucket);
      filter[hash >> 6] |= 1L << hash;
    }
    this.buckets =
        byHash.stream()
            .map(b -> b.isEmpty() ? NONE : b.stream().mapToInt(i -> i).toArray())
            .toArray(int[][]::new);
  }

  /** The place in a literal whose gram shares its hash with the fewest others. */
  private int leastCrowded(byte[] literal, List<List<Integer>> byHash) {
    int best = 0;
    for (int at = 1; at <= literal.length - GRAM; at++) {
      if (byHash.get(hash(literal, at)).size() < byHash.get(hash(literal, best)).size()) {
        best = at;
      }
    }
    return best;
  }

  private int hash(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at) * MULTIPLIER >>> shift;
  }

  /** Tells the candidates which literals stand between two offsets. */
  void scan(byte[] bytes, int from, int to, Candidates candidates) {
    long[] bits = filter;
    int right = shift;
    int last = to - GRAM;
    for (int i = from; i <= last; i++) {
      int hash = (int) INTS.get(bytes, i) * MULTIPLIER >>> right;
      if ((bits[hash >> 6] & 1L << hash) != 0) {
        compare(hash, bytes, i, from, to, candidates);
      }
    }
  }

  private void compare(int hash, byte[] bytes, int at, int from, int to, Candidates candidates) {
    for (int literal : buckets[hash]) {
      int start = at - offsets[literal];
      if (start >= from && stands(literals[literal], bytes, start, to)) {
        candidates.see(literal);
      }
    }
  }

  private static boolean stands(byte[] literal, byte[] bytes, int start, int to) {
    if (to - start < literal.length) {
      return false;
    }
    for (int i = 0; i < literal.length; i++) {
      if (bytes[start + i] != literal[i]) {
        return false;
      }
    }
    return true;
  }
}
