package dev.camelsiem.text;

/** Where lines end: with LF, with CR LF, or with the text. */
public final class Lines {
  private Lines() {}

  /** Where the line feed stands that ends the line at {@code from}; {@code to} without one. */
  public static int end(byte[] bytes, int from, int to) {
    return Ascii.indexOf(bytes, from, to, '\n');
  }

  /** The end of the line's text, given where its line feed stands: one CR before it is left out. */
  public static int textEnd(byte[] bytes, int from, int end) {
    return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  /** True when there is nothing but blanks and control characters. */
  public static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is any LF or CR. */
  public static boolean hasBreak(byte[] bytes, int from, int to) {
    int at = Ascii.indexOfBelow(bytes, from, to, '\r' + 1);
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at = Ascii.indexOfBelow(bytes, at + 1, to, '\r' + 1);
    }
    return at < to;
  }

  /** How many line feeds there are. */
  public static int count(byte[] bytes, int from, int to) {
    int count = 0;
    for (int i = end(bytes, from, to); i < to; i = end(bytes, i + 1, to)) {
      count++;
    }
    return count;
  }
}
