package dev.camelsiem.flow.cef;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A few known words with a number each, found without regard to case and without a string. */
final class WordTable {
  private final List<char[]> words = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private char[][] frozenWords = new char[0][];
  private int[] frozenNumbers = new int[0];

  void add(String word, int number) {
    words.add(word.toLowerCase(Locale.ROOT).toCharArray());
    numbers.add(number);
    frozenWords = words.toArray(char[][]::new);
    frozenNumbers = numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The number of a word, or -1. */
  int find(char[] chars, int from, int to) {
    for (int i = 0; i < frozenWords.length; i++) {
      if (matches(frozenWords[i], chars, from, to)) {
        return frozenNumbers[i];
      }
    }
    return -1;
  }

  private static boolean matches(char[] word, char[] chars, int from, int to) {
    if (word.length != to - from) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (word[i] != Ascii.lower(chars[from + i])) {
        return false;
      }
    }
    return true;
  }
}
