package dev.camelsiem.flow.dispatch;

import dev.camelsiem.text.Octets;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
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

  /** An odd number without pattern, after Knuth: it spreads the grams over the table. */
  private static final int MULTIPLIER = 0x9E3779B1;

  // Columns of a record: what is known of one literal, in one place of the memory.
  private static final int GRAM_BYTES = 0;

  /** Place of the gram in the literal. */
  private static final int OFFSET = 1;

  /** Where the literal begins in {@link #texts}. */
  private static final int TEXT = 2;

  private static final int LENGTH = 3;

  /** The next record with the same hash, or -1. */
  private static final int NEXT = 4;

  private static final int COLUMNS = 5;

  /** Of the table's size: with few literals nearly all of it is empty. */
  private static final int FEWEST_BITS = 14;

  private final int shift;
  private final long[] filter;

  /** The first record by the hash of the gram, or -1. */
  private final int[] firsts;

  private final int[] records;
  private final byte[] texts;

  /**
   * @param literals each at least {@link #GRAM} bytes long; their indexes are their numbers
   */
  LiteralFinder(List<byte[]> literals) {
    int bits = 36 - Integer.numberOfLeadingZeros(Math.max(1, literals.size()));
    shift = 32 - Math.max(FEWEST_BITS, Math.min(20, bits));
    int size = 1 << 32 - shift;
    filter = new long[size / Long.SIZE];
    firsts = new int[size];
    Arrays.fill(firsts, -1);
    records = new int[literals.size() * COLUMNS];
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] crowd = new int[size];
    for (int i = 0; i < literals.size(); i++) {
      byte[] literal = literals.get(i);
      int offset = leastCrowded(literal, crowd);
      int hash = hash(literal, offset);
      int record = i * COLUMNS;
      crowd[hash]++;
      filter[hash >> 6] |= 1L << hash;
      records[record + GRAM_BYTES] = Octets.four(literal, offset);
      records[record + OFFSET] = offset;
      records[record + TEXT] = all.size();
      records[record + LENGTH] = literal.length;
      records[record + NEXT] = firsts[hash];
      firsts[hash] = record;
      all.writeBytes(literal);
    }
    texts = all.toByteArray();
  }

  /** The place in a literal whose gram shares its hash with the fewest others. */
  private int leastCrowded(byte[] literal, int[] crowd) {
    int best = 0;
    for (int at = 1; at <= literal.length - GRAM; at++) {
      if (crowd[hash(literal, at)] < crowd[hash(literal, best)]) {
        best = at;
      }
    }
    return best;
  }

  private int hash(byte[] bytes, int at) {
    return Octets.four(bytes, at) * MULTIPLIER >>> shift;
  }

  /**
   * Tells the candidates which literals stand between two offsets. Takes four places at a time: one
   * load, four independent look-ups, one branch that is rarely taken.
   */
  void scan(byte[] bytes, int from, int to, Candidates candidates) {
    long[] bits = filter;
    int right = shift;
    int at = from;
    for (; at <= to - Long.BYTES; at += GRAM) {
      long word = Octets.get(bytes, at);
      int first = (int) word * MULTIPLIER >>> right;
      int second = (int) (word >>> 8) * MULTIPLIER >>> right;
      int third = (int) (word >>> 16) * MULTIPLIER >>> right;
      int fourth = (int) (word >>> 24) * MULTIPLIER >>> right;
      long hits =
          bits[first >> 6] >>> first
              | bits[second >> 6] >>> second
              | bits[third >> 6] >>> third
              | bits[fourth >> 6] >>> fourth;
      if ((hits & 1) != 0) {
        compare(first, bytes, at, from, to, candidates);
        compare(second, bytes, at + 1, from, to, candidates);
        compare(third, bytes, at + 2, from, to, candidates);
        compare(fourth, bytes, at + 3, from, to, candidates);
      }
    }
    for (; at <= to - GRAM; at++) {
      compare(hash(bytes, at), bytes, at, from, to, candidates);
    }
  }

  private void compare(int hash, byte[] bytes, int at, int from, int to, Candidates candidates) {
    if ((filter[hash >> 6] >>> hash & 1) == 0) {
      return;
    }
    int gram = Octets.four(bytes, at);
    for (int record = firsts[hash]; record >= 0; record = records[record + NEXT]) {
      if (records[record + GRAM_BYTES] == gram) {
        int start = at - records[record + OFFSET];
        int text = records[record + TEXT];
        int length = records[record + LENGTH];
        if (start >= from
            && to - start >= length
            && (length == GRAM
                || Arrays.equals(bytes, start, start + length, texts, text, text + length))) {
          candidates.see(record / COLUMNS);
        }
      }
    }
  }
}
