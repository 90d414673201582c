package dev.camelsiem.json;

import dev.camelsiem.text.Text;

/** The texts of JSON strings. */
public final class JsonStrings {
  private static final int REPLACEMENT = 0xFFFD;

  private JsonStrings() {}

  /** Resolves the escapes of a string that was checked; a lone surrogate becomes U+FFFD. */
  public static Text unescape(byte[] bytes, int start, int end) {
    byte[] plain = new byte[end - start];
    int length = 0;
    int at = start;
    while (at < end) {
      byte b = bytes[at++];
      if (b != '\\') {
        plain[length++] = b;
        continue;
      }
      b = bytes[at++];
      if (b != 'u') {
        plain[length++] = single(b);
        continue;
      }
      int codePoint = unit(bytes, at);
      at += 4;
      if (Character.isHighSurrogate((char) codePoint) && at + 6 <= end && bytes[at] == '\\') {
        int low = bytes[at + 1] == 'u' ? unit(bytes, at + 2) : 0;
        if (Character.isLowSurrogate((char) low)) {
          codePoint = Character.toCodePoint((char) codePoint, (char) low);
          at += 6;
        }
      }
      length = encode(codePoint, plain, length);
    }
    return Text.of(plain, 0, length);
  }

  private static byte single(byte escape) {
    return switch (escape) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> escape;
    };
  }

  private static int unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = unit << 4 | Character.digit(bytes[i], 16);
    }
    return unit;
  }

  /** Six bytes of an escape hold at most three of UTF-8, twelve hold four: there is room. */
  private static int encode(int codePoint, byte[] target, int length) {
    int c = codePoint >= 0xD800 && codePoint <= 0xDFFF ? REPLACEMENT : codePoint;
    int at = length;
    if (c < 0x80) {
      target[at++] = (byte) c;
    } else if (c < 0x800) {
      target[at++] = (byte) (0xC0 | c >> 6);
      target[at++] = (byte) (0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      target[at++] = (byte) (0xE0 | c >> 12);
      target[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
      target[at++] = (byte) (0x80 | (c & 0x3F));
    } else {
      target[at++] = (byte) (0xF0 | c >> 18);
      target[at++] = (byte) (0x80 | (c >> 12 & 0x3F));
      target[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
      target[at++] = (byte) (0x80 | (c & 0x3F));
    }
    return at;
  }
}
