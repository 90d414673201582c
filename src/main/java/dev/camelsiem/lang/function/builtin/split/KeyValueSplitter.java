package dev.camelsiem.lang.function.builtin.split;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Octets;
import dev.camelsiem.text.Text;
import java.util.Arrays;

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
  private final PairTable table;

  /** Comparisons that it is worth to look whether a separator stands somewhere. */
  private final int aTry;

  /** The last value may go on: there is one, and it isn't quoted. */
  private boolean open;

  KeyValueSplitter(Budget budget, Text text, Text pair, Text equal, Text quote) {
    this.budget = budget;
    this.bytes = text.array();
    this.from = text.from();
    this.to = text.to();
    this.pair = pair;
    this.equal = equal;
    this.quote = quote;
    this.table = new PairTable(bytes);
    this.aTry = A_TRY + (equal.length() + pair.length()) / BYTES_AT_ONCE;
    budget.scan(2 * text.length()); // for separators, and for blanks and quotes
  }

  MapValue split() {
    int at = equal.isEmpty() ? to : from;
    while (at < to) {
      int stop = nextSeparator(at);
      if (stop < to && !stands(pair, stop)) {
        at = pair(at, stop);
      } else {
        continuation(at, stop);
        at = stop + pair.length();
      }
    }
    return table.toMap(budget);
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
    byte equalFirst = equal.byteAt(0);
    byte pairFirst = pair.isEmpty() ? equalFirst : pair.byteAt(0);
    long equals = Octets.all(equalFirst);
    long pairs = Octets.all(pairFirst);
    int i = start;
    for (; i <= to - Octets.SIZE; i += Octets.SIZE) {
      long octets = Octets.get(bytes, i);
      long marks = Octets.equal(octets, equals) | Octets.equal(octets, pairs);
      if (marks != 0) {
        return i + Octets.firstMark(marks);
      }
    }
    while (i < to && bytes[i] != equalFirst && bytes[i] != pairFirst) {
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
    table.add(budget, keyFrom, keyTo, begin, end < 0 ? to : end);
    open = true;
    return end < 0 ? to : end + pair.length();
  }

  private int quoted(int keyFrom, int keyTo, int begin) {
    int closing = find(quote, begin);
    if (closing < 0) {
      table.addQuoted(budget, keyFrom, keyTo, begin, to);
      return to;
    }
    table.addQuoted(budget, keyFrom, keyTo, begin, closing);
    open = false;
    int next = find(pair, closing + quote.length());
    return next < 0 ? to : next + pair.length();
  }

  /** A piece without value separator goes on with the value before it, blank pieces aside. */
  private void continuation(int start, int end) {
    budget.step(1);
    if (open && Ascii.skipSpace(bytes, start, end) < end) {
      table.extendLast(end);
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
    return part.isEmpty()
        ? -1
        : budget.indexOf(bytes, start, to, part.array(), part.from(), part.to());
  }
}
