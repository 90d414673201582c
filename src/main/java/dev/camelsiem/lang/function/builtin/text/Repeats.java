package dev.camelsiem.lang.function.builtin.text;

import dev.camelsiem.lang.value.Ascii;
import dev.camelsiem.lang.value.Text;

/** How large the counted repetitions of a regular expression can make its program. */
final class Repeats {
  private Repeats() {}

  /**
   * The product of all counts, an upper bound of how often any part is repeated in the worst
   * nesting; sets and escapes are read as if they were not there, which only makes it larger.
   */
  static long product(Text source) {
    long product = 1;
    for (int i = 0; i < source.length(); i++) {
      if (source.byteAt(i) == '{') {
        product = Math.min(Integer.MAX_VALUE, product * Math.max(1, largestCount(source, i + 1)));
      }
    }
    return product;
  }

  /** The larger of the two counts that follow a brace; 0 when none do. */
  private static long largestCount(Text source, int from) {
    long largest = 0;
    long count = 0;
    for (int i = from; i < source.length() && i < from + 12; i++) {
      byte b = source.byteAt(i);
      if (Ascii.isDigit(b)) {
        count = count * 10 + b - '0';
        largest = Math.max(largest, count);
      } else if (b == ',') {
        count = 0;
      } else {
        return b == '}' ? largest : 0;
      }
    }
    return largest;
  }
}
