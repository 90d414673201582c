package dev.camelsiem.flow.cef;

import dev.camelsiem.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A few known words with a number each, found without regard to case and without a string. */
final class WordTable {
  private final List<byte[]> words = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private byte[][] frozenWords = new byte[0][];
  private int[] frozenNumbers = new int[0];

  void add(String word, int number) {
    words.add(word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    numbers.add(number);
    frozenWords = words.toArray(byte[][]::new);
    frozenNumbers = numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The number of a word, or -1. */
  int find(byte[] bytes, int from, int to) {
    for (int i = 0; i < frozenWords.length; i++) {
      if (matches(frozenWords[i], bytes, from, to)) {
        return frozenNumbers[i];
      }
    }
    return -1;
  }

  private static boolean matches(byte[] word, byte[] bytes, int from, int to) {
    if (word.length != to - from) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (word[i] != Ascii.lower(bytes[from + i])) {
        return false;
      }
    }
    return true;
  }
}
