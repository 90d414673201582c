package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.Arrays;

/**
 * The value of a string literal with the way back to its source: {@code offsets[i]} is where the
 * character {@code i} of the value begins in the source, and one more entry says where the value
 * ends.
 */
public final class Unescaped {
  private final String value;
  private final int[] offsets;

  private Unescaped(String value, int[] offsets) {
    this.value = value;
    this.offsets = offsets;
  }

  /**
   * Resolves the escapes of xp 1.2; an unknown {@code \c} keeps both characters.
   *
   * @param from the first character after the opening quote
   * @param to the closing quote
   */
  public static Unescaped of(String source, int from, int to) {
    StringBuilder value = new StringBuilder(to - from);
    int[] offsets = new int[to - from + 1];
    int at = from;
    while (at < to) {
      int start = at;
      char c = source.charAt(at++);
      if (c != '\\' || at >= to) {
        offsets[value.length()] = start;
        value.append(c);
        continue;
      }
      char escaped = source.charAt(at++);
      int plain = plain(escaped);
      if (plain >= 0) {
        offsets[value.length()] = start;
        value.append((char) plain);
      } else if (escaped == 'u' && isUnicode(source, at, to)) {
        offsets[value.length()] = start;
        value.append((char) Integer.parseInt(source, at, at + 4, 16));
        at += 4;
      } else {
        offsets[value.length()] = start;
        value.append('\\');
        offsets[value.length()] = start + 1;
        value.append(escaped);
      }
    }
    offsets[value.length()] = to;
    return new Unescaped(value.toString(), Arrays.copyOf(offsets, value.length() + 1));
  }

  /** True when four hexadecimal digits stand at an offset. */
  static boolean isUnicode(String source, int at, int to) {
    if (at + 4 > to) {
      return false;
    }
    for (int i = at; i < at + 4; i++) {
      if (Character.digit(source.charAt(i), 16) < 0 || source.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  private static int plain(char escaped) {
    return switch (escaped) {
      case '\\', '\'', '"' -> escaped;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  public String value() {
    return value;
  }

  /** Offsets of all characters and of the end, in the source. The caller must not change them. */
  public int[] sourceOffsets() {
    return offsets.clone();
  }

  /** The place in the source of a piece of the value. */
  public Span span(int from, int to) {
    return new Span(offsets[from], Math.max(offsets[from], offsets[to]));
  }
}
