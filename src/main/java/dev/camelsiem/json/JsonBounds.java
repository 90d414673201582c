package dev.camelsiem.json;

import dev.camelsiem.text.Ascii;

/**
 * Where JSON values end by quotes and brackets alone, so that one bad value spoils no other.
 * Nothing is checked.
 */
public final class JsonBounds {
  private JsonBounds() {}

  /**
   * End (excluded) of the value that begins at {@code from}; -1 when it doesn't end. What is
   * neither object, array nor string ends before a comma, a closing bracket or a blank.
   */
  public static int end(byte[] bytes, int from, int to) {
    return switch (bytes[from]) {
      case '{', '[' -> endOfStructure(bytes, from, to);
      case '"' -> endOfString(bytes, from, to);
      default -> endOfWord(bytes, from, to);
    };
  }

  private static int endOfStructure(byte[] bytes, int from, int to) {
    int depth = 0;
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (b == '"') {
        i = endOfString(bytes, i, to);
        if (i < 0) {
          return -1;
        }
        continue;
      }
      if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return i + 1;
      }
      i++;
    }
    return -1;
  }

  private static int endOfString(byte[] bytes, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '"') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int endOfWord(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && !Ascii.isBlank(bytes[i]) && bytes[i] != ',' && bytes[i] != ']') {
      i++;
    }
    return Math.max(i, Math.min(from + 1, to));
  }
}
