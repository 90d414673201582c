package dev.camelsiem.text;

/** UTF-8 byte by byte, without ever throwing. */
public final class Utf8 {
  /** Bytes of the longest character. */
  public static final int LONGEST = 4;

  /** Bytes of U+FFFD. */
  public static final int REPLACEMENT_LENGTH = 3;

  /** U+FFFD. */
  private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  private Utf8() {}

  /**
   * The length of the well-formed character that begins at {@code at}, or, negative, the number of
   * bytes that one U+FFFD stands for because none does. The counts are those of {@code new
   * String(bytes, UTF_8)}.
   */
  public static int length(byte[] bytes, int at, int to) {
    int first = bytes[at];
    if (first >= 0) {
      return 1;
    }
    int left = to - at;
    if (first >> 5 == -2 && (first & 0x1e) != 0) {
      return left > 1 && isTail(bytes[at + 1]) ? 2 : -1;
    }
    if (first >> 4 == -2) {
      return three(bytes, at, left);
    }
    if (first >> 3 == -2) {
      return four(bytes, at, left);
    }
    return -1;
  }

  /** Appends U+FFFD. */
  public static void putReplacement(ByteOutput out) {
    out.put(REPLACEMENT);
  }

  /** Puts U+FFFD into an array; returns where it ends. */
  public static int putReplacement(byte[] out, int at) {
    System.arraycopy(REPLACEMENT, 0, out, at, REPLACEMENT.length);
    return at + REPLACEMENT.length;
  }

  private static int three(byte[] bytes, int at, int left) {
    if (left < 2 || !isTail(bytes[at + 1])) {
      return -1;
    }
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    if (first == 0xe0 && second < 0xa0) {
      return -1;
    }
    if (left < 3 || !isTail(bytes[at + 2])) {
      return -2;
    }
    boolean surrogate = first == 0xed && second >= 0xa0;
    return surrogate ? -3 : 3;
  }

  private static int four(byte[] bytes, int at, int left) {
    int first = bytes[at] & 0xff;
    int second = left > 1 ? bytes[at + 1] & 0xff : 0;
    boolean wellBegun =
        first <= 0xf4
            && left > 1
            && isTail(bytes[at + 1])
            && !(first == 0xf0 && second < 0x90)
            && !(first == 0xf4 && second >= 0x90);
    if (!wellBegun) {
      return -1;
    }
    if (left < 3 || !isTail(bytes[at + 2])) {
      return -2;
    }
    return left < 4 || !isTail(bytes[at + 3]) ? -3 : 4;
  }

  /** True for a byte that continues a character. */
  public static boolean isTail(byte b) {
    return (b & 0xc0) == 0x80;
  }

  /** True when all of the bytes are well-formed. */
  public static boolean isValid(byte[] bytes, int from, int to) {
    return firstInvalid(bytes, from, to) < 0;
  }

  /** Index of the first byte that belongs to no well-formed character, or -1. */
  public static int firstInvalid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      while (at + Octets.SIZE <= to && Octets.beyondAscii(Octets.get(bytes, at)) == 0) {
        at += Octets.SIZE;
      }
      if (at == to) {
        return -1;
      }
      int length = length(bytes, at, to);
      if (length < 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /** Where a text begins: behind a byte order mark when there is one. */
  public static int skipBom(byte[] bytes, int from, int to) {
    return to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF
        ? from + 3
        : from;
  }

  /** The end of the character that begins at {@code at}; a malformed byte counts as one. */
  public static int next(byte[] bytes, int at, int to) {
    return bytes[at] >= 0 ? at + 1 : at + Math.max(1, length(bytes, at, to));
  }

  /** The code point at {@code at}; a malformed byte gives U+FFFD. */
  public static int codePoint(byte[] bytes, int at, int to) {
    int first = bytes[at];
    if (first >= 0) {
      return first;
    }
    return switch (length(bytes, at, to)) {
      case 2 -> (first & 0x1f) << 6 | tail(bytes, at + 1);
      case 3 -> (first & 0x0f) << 12 | tail(bytes, at + 1) << 6 | tail(bytes, at + 2);
      case 4 ->
          (first & 0x07) << 18
              | tail(bytes, at + 1) << 12
              | tail(bytes, at + 2) << 6
              | tail(bytes, at + 3);
      default -> 0xfffd;
    };
  }

  private static int tail(byte[] bytes, int at) {
    return bytes[at] & 0x3f;
  }

  /** Appends a code point. */
  public static void put(ByteOutput out, int codePoint) {
    int bytes = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    byte[] target = out.room(bytes);
    out.end(put(target, out.length(), codePoint));
  }

  /** Puts a code point into an array; returns where it ends. */
  public static int put(byte[] target, int start, int codePoint) {
    int at = start;
    if (codePoint < 0x80) {
      target[at++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      target[at++] = (byte) (0xc0 | codePoint >> 6);
      target[at++] = lowest(codePoint);
    } else if (codePoint < 0x10000) {
      target[at++] = (byte) (0xe0 | codePoint >> 12);
      target[at++] = lowest(codePoint >> 6);
      target[at++] = lowest(codePoint);
    } else {
      target[at++] = (byte) (0xf0 | codePoint >> 18);
      target[at++] = lowest(codePoint >> 12);
      target[at++] = lowest(codePoint >> 6);
      target[at++] = lowest(codePoint);
    }
    return at;
  }

  private static byte lowest(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }
}
