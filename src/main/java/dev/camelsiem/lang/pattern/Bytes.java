package dev.camelsiem.lang.pattern;

/** Character classes over UTF-8 bytes. */
final class Bytes {
  private static final boolean[] WORD = word();

  private Bytes() {}

  private static boolean[] word() {
    boolean[] word = new boolean[128];
    for (char c = 0; c < 128; c++) {
      word[c] = PatternParser.isWord(c);
    }
    return word;
  }

  /** ASCII letter, digit or {@code _}. */
  static boolean isWord(byte b) {
    return b >= 0 && WORD[b];
  }

  /** True when these bytes stand at an offset. */
  static boolean startsWith(byte[] bytes, int at, int to, byte[] part, int partFrom, int partTo) {
    if (to - at < partTo - partFrom) {
      return false;
    }
    for (int i = partFrom, j = at; i < partTo; i++, j++) {
      if (bytes[j] != part[i]) {
        return false;
      }
    }
    return true;
  }
}
