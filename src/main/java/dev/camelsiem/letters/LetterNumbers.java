package dev.camelsiem.letters;

import java.util.Arrays;

/** Numbers of letters, side by side ones as one range, in two arrays. Not thread-safe. */
final class LetterNumbers {
  private static final String BETWEEN = "..";

  private long[] first = new long[16];
  private long[] last = new long[16];
  private int size;

  /**
   * Adds what {@link #appendTo} has written.
   *
   * @throws IllegalArgumentException when it is something else
   */
  void add(String text) {
    int at = text.indexOf(BETWEEN);
    long from = Long.parseLong(at < 0 ? text : text.substring(0, at));
    long to = at < 0 ? from : Long.parseLong(text.substring(at + BETWEEN.length()));
    if (from < 1 || to < from) {
      throw new IllegalArgumentException("no numbers of letters: " + text);
    }
    add(from, to);
  }

  /** Adds a number; quick when they go up. */
  void add(long number) {
    add(number, number);
  }

  private void add(long from, long to) {
    int at = size;
    if (size > 0 && from <= last[size - 1]) {
      at = firstAtOrBehind(from); // all before it end before the new one begins
    }
    if (at > 0 && last[at - 1] + 1 == from) {
      at--;
    }
    int end = at;
    long begin = from;
    long until = to;
    while (end < size && first[end] <= until + 1) {
      begin = Math.min(begin, first[end]);
      until = Math.max(until, last[end]);
      end++;
    }
    replace(at, end, begin, until);
  }

  /** Puts one range in the place of some, or between two. */
  private void replace(int at, int end, long from, long to) {
    if (size == first.length) {
      first = Arrays.copyOf(first, size * 2);
      last = Arrays.copyOf(last, size * 2);
    }
    System.arraycopy(first, end, first, at + 1, size - end);
    System.arraycopy(last, end, last, at + 1, size - end);
    first[at] = from;
    last[at] = to;
    size += at + 1 - end;
  }

  /** The first range that ends there or later. */
  private int firstAtOrBehind(long number) {
    int found = Arrays.binarySearch(last, 0, size, number);
    return found >= 0 ? found : -found - 1;
  }

  boolean contains(long number) {
    int at = firstAtOrBehind(number);
    return at < size && first[at] <= number;
  }

  /** Of all ranges. */
  long count() {
    long count = 0;
    for (int i = 0; i < size; i++) {
      count += last[i] - first[i] + 1;
    }
    return count;
  }

  int ranges() {
    return size;
  }

  /** A line for each range. */
  void appendTo(StringBuilder text) {
    for (int i = 0; i < size; i++) {
      text.append(first[i]);
      if (last[i] > first[i]) {
        text.append(BETWEEN).append(last[i]);
      }
      text.append('\n');
    }
  }
}
