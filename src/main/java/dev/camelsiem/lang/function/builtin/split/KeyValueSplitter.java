package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Octets;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One run of {@code keyvalue} over one text (xp 6.5.2). */
final class KeyValueSplitter {
  private static final int A_TRY = 12;

  /** Ranges of bytes are compared faster than single ones. */
  private static final int BYTES_AT_ONCE = 8;

  private static final int MOST_OWED = 1024;

  private final Budget budget;
  private final byte[] bytes;
  private final int from;
  private final int to;
  private final Text pair;
  private final Text equal;
  private final Text quote;
  private final Pairs pairs;

  /** Comparisons that it is worth to look whether a separator stands somewhere. */
  private final int aTry;

  /** The last value may go on: there is one, and it isn't quoted. */
  private boolean open;

  /** The first bytes of both separators, eight times each. */
  private final long pairFirsts;

  private final long equalFirsts;

  /**
   * @param known null for all keys
   */
  KeyValueSplitter(
      Budget budget, Text text, Text pair, Text equal, Text quote, @Nullable KnownKeys known) {
    this.budget = budget;
    this.bytes = text.array();
    this.from = text.from();
    this.to = text.to();
    this.pair = pair;
    this.equal = equal;
    this.quote = quote;
    this.pairs = known == null ? new PairTable(bytes) : new KnownPairs(bytes, known);
    byte equalFirst = equal.isEmpty() ? 0 : equal.byteAt(0);
    this.equalFirsts = Octets.all(equalFirst);
    this.pairFirsts = pair.isEmpty() ? equalFirsts : Octets.all(pair.byteAt(0));
    this.aTry = A_TRY + (equal.length() + pair.length()) / BYTES_AT_ONCE;
    budget.scan(2 * text.length()); // for separators, and for blanks and quotes
  }

  MapValue split() {
    int at = equal.isEmpty() ? to : from;
    while (at < to && !pairs.isComplete()) {
      int stop = nextSeparator(at);
      if (stop < to && !stands(pair, stop)) {
        at = pair(at, stop);
      } else {
        continuation(at, stop);
        at = stop + pair.length();
      }
    }
    return pairs.toMap(budget);
  }

  /** The next value or pair separator, whichever comes first, or the end. */
  private int nextSeparator(int start) {
    int compared = 0;
    int i = next(start);
    while (i < to && !stands(equal, i) && !stands(pair, i)) {
      compared += aTry;
      if (compared >= MOST_OWED) {
        budget.compared(compared);
        compared = 0;
      }
      i = next(i + 1);
    }
    budget.compared(compared);
    return i;
  }

  /** The next byte with which a separator may begin, or the end. */
  private int next(int start) {
    int i = start;
    for (; i <= to - Octets.SIZE; i += Octets.SIZE) {
      long octets = Octets.get(bytes, i);
      long marks = Octets.equal(octets, equalFirsts) | Octets.equal(octets, pairFirsts);
      if (marks != 0) {
        return i + Octets.firstMark(marks);
      }
    }
    while (i < to && bytes[i] != (byte) equalFirsts && bytes[i] != (byte) pairFirsts) {
      i++;
    }
    return i;
  }

  /** Reads a value, the key and its separator being known; returns where to go on. */
  private int pair(int keyFrom, int keyTo) {
    int begin = keyTo + equal.length();
    while (begin < to && Ascii.isSpace(bytes[begin]) && !stands(pair, begin)) {
      begin++;
    }
    if (stands(quote, begin)) {
      return quoted(keyFrom, keyTo, begin + quote.length());
    }
    int end = find(pair, begin);
    pairs.add(budget, keyFrom, keyTo, begin, Ascii.trimEnd(bytes, begin, end < 0 ? to : end));
    open = true;
    return end < 0 ? to : end + pair.length();
  }

  private int quoted(int keyFrom, int keyTo, int begin) {
    int closing = find(quote, begin);
    if (closing < 0) {
      pairs.add(budget, keyFrom, keyTo, begin, to);
      return to;
    }
    pairs.add(budget, keyFrom, keyTo, begin, closing);
    open = false;
    int behind = closing + quote.length();
    int next = stands(pair, behind) ? behind : find(pair, behind); // most often it stands there
    return next < 0 ? to : next + pair.length();
  }

  /** A piece without value separator goes on with the value before it, blank pieces aside. */
  private void continuation(int start, int end) {
    budget.step(1);
    if (open && Ascii.skipSpace(bytes, start, end) < end) {
      pairs.extendLast(end);
    }
  }

  private boolean stands(Text part, int at) {
    int length = part.length();
    if (length == 0 || at + length > to || bytes[at] != part.byteAt(0)) {
      return false;
    }
    return length == 1
        || Arrays.equals(bytes, at, at + length, part.array(), part.from(), part.to());
  }

  private int find(Text part, int start) {
    if (part.length() == 1) {
      int found = Text.next(bytes, start, to, part.byteAt(0));
      return found < to ? found : -1;
    }
    return part.isEmpty()
        ? -1
        : budget.indexOf(bytes, start, to, part.array(), part.from(), part.to());
  }
}
