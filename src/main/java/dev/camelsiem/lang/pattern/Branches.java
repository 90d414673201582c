package dev.camelsiem.lang.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the {@linkplain Instruction#BRANCH branches} of a tree lead: for each of them its literals
 * with the instruction behind each. All are found in one hash table that lies in one piece.
 */
final class Branches {
  /** Bytes of the longest literal that can be one of a branch. */
  static final int LONGEST = Long.SIZE - 1;

  /** Of a program that has none. */
  static final Branches NONE = new Builder().build();

  // Columns of a row.
  private static final int HASH = 0;
  private static final int BRANCH = 1;

  /** Of the instruction, never 0: that is the root. */
  private static final int TARGET = 2;

  /** Where the literal begins in {@link #texts}, above its length. */
  private static final int TEXT = 3;

  private static final int COLUMNS = 4;

  /** Enough for {@link #LONGEST}. */
  private static final int LENGTH_BITS = 6;

  /** Bytes before which all literals begin: what is left beside a length. */
  private static final int MOST_TEXT = (1 << Integer.SIZE - LENGTH_BITS) - 1;

  /** An odd number without pattern, after Knuth: it spreads the hashes. */
  private static final int SPREAD = 0x9E3779B1;

  /** Bits of the filter for each row. */
  private static final int FILTER_BITS = 4;

  private final int[] rows;
  private final int mask;

  /**
   * A bit is set where the hash of a literal leads: at nearly all places of a text it is not, which
   * is known without a look at the rows, most of which are in no cache.
   */
  private final long[] filter;

  private final int filterShift;
  private final byte[] texts;

  /** By branch, one bit for each length that a literal of it has. */
  private final long[] lengths;

  /** What leads from branches to instructions, to be added one by one. */
  static final class Builder {
    private final TextPool texts = new TextPool();
    private final List<int[]> rows = new ArrayList<>();
    private long[] lengths = new long[4];
    private int count;

    /** The number of another branch. */
    int branch() {
      if (count == lengths.length) {
        lengths = Arrays.copyOf(lengths, 2 * count);
      }
      return count++;
    }

    void add(int branch, byte[] literal, int instruction) {
      int start = texts.add(literal);
      if (start > MOST_TEXT) {
        throw new IllegalStateException("more literals than a set of rules may have");
      }
      int text = start << LENGTH_BITS | literal.length;
      int hash = seed(branch);
      for (byte b : literal) {
        hash = 31 * hash + b;
      }
      lengths[branch] |= 1L << literal.length;
      rows.add(new int[] {hash, branch, instruction * Code.COLUMNS, text});
    }

    /** How many literals may begin at one place of a text. */
    int mostAtOnce() {
      int most = 0;
      for (int i = 0; i < count; i++) {
        most = Math.max(most, Long.bitCount(lengths[i]));
      }
      return most;
    }

    Branches build() {
      return new Branches(this);
    }
  }

  private Branches(Builder builder) {
    int size = Math.max(4, Integer.highestOneBit(Math.max(1, builder.rows.size())) * 4);
    mask = size - 1;
    rows = new int[size * COLUMNS];
    filter = new long[Math.max(1, size * FILTER_BITS / Long.SIZE)];
    filterShift = Integer.numberOfLeadingZeros(filter.length * Long.SIZE - 1);
    texts = builder.texts.toBytes();
    lengths = Arrays.copyOf(builder.lengths, builder.count);
    for (int[] row : builder.rows) {
      int bit = row[HASH] * SPREAD >>> filterShift;
      filter[bit >> 6] |= 1L << bit;
      int at = slot(row[HASH]);
      while (rows[at + TARGET] != 0) {
        at = next(at);
      }
      System.arraycopy(row, 0, rows, at, COLUMNS);
    }
  }

  private static int seed(int branch) {
    return branch * SPREAD;
  }

  private int slot(int hash) {
    return (hash * SPREAD >>> 7 & mask) * COLUMNS;
  }

  private int next(int at) {
    return at + COLUMNS == rows.length ? 0 : at + COLUMNS;
  }

  /**
   * Puts the ways that a text opens on a stack of choices.
   *
   * @return the new depth of the stack
   */
  int open(int branch, byte[] bytes, int at, int to, int[] stack, int depth, int trailLength) {
    int deep = depth;
    long left = lengths[branch];
    int hash = seed(branch);
    int last = Math.min(to, at + Long.SIZE - 1 - Long.numberOfLeadingZeros(left));
    for (int i = at; i < last; i++) {
      hash = 31 * hash + bytes[i];
      left >>>= 1;
      int bit = hash * SPREAD >>> filterShift;
      if ((left & filter[bit >> 6] >>> bit & 1) != 0) {
        int target = target(branch, hash, bytes, at, i + 1);
        if (target > 0) {
          deep = Machine.push(stack, deep, target, i + 1, trailLength, Machine.IS_CHOICE);
        }
      }
    }
    return deep;
  }

  private int target(int branch, int hash, byte[] bytes, int from, int to) {
    for (int at = slot(hash); rows[at + TARGET] != 0; at = next(at)) {
      if (rows[at + HASH] == hash && rows[at + BRANCH] == branch) {
        int text = rows[at + TEXT] >>> LENGTH_BITS;
        int length = rows[at + TEXT] & LONGEST;
        if (length == to - from && Bytes.startsWith(bytes, from, to, texts, text, text + length)) {
          return rows[at + TARGET];
        }
      }
    }
    return 0;
  }
}
