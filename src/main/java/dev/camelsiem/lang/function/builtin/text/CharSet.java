package dev.camelsiem.lang.function.builtin.text;

import java.util.Arrays;

/** The characters that a bracket of a glob stands for. */
final class CharSet {
  private final boolean negated;
  private final int[] ranges;

  /**
   * @param ranges first and last code point of each range, in turn
   */
  CharSet(boolean negated, int[] ranges, int length) {
    this.negated = negated;
    this.ranges = Arrays.copyOf(ranges, length);
  }

  /** Ranges that {@link #contains} may look at. */
  int size() {
    return ranges.length / 2;
  }

  boolean contains(int codePoint) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (codePoint >= ranges[i] && codePoint <= ranges[i + 1]) {
        return !negated;
      }
    }
    return negated;
  }
}
