package dev.camelsiem.json;

import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Octets;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;

/** The texts of JSON strings. */
public final class JsonStrings {
  private static final int REPLACEMENT = 0xFFFD;

  private JsonStrings() {}

  /**
   * Where bytes that stand for themselves end: no quote, backslash, control or multi-byte
   * character.
   */
  static int plainEnd(byte[] b, int start, int limit) {
    int at = start;
    for (; at <= limit - Octets.SIZE; at += Octets.SIZE) {
      long special = Octets.special(Octets.get(b, at));
      if (special != 0) {
        return at + Octets.firstMark(special);
      }
    }
    while (at < limit && b[at] >= ' ' && b[at] != '"' && b[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * Resolves the escapes of a string that was checked; a lone surrogate becomes U+FFFD. When all
   * escapes are spelled as {@link JsonWriter} spells them, the text knows {@linkplain
   * Text#quotable() what it came from}; numeric codes are held for unusual without a closer look.
   */
  public static Text unescape(byte[] bytes, int start, int end) {
    byte[] plain = new byte[end - start];
    int length = unescape(bytes, start, end, plain, 0, REPLACEMENT);
    return length < 0
        ? Text.of(plain, 0, ~length)
        : Text.of(plain, 0, length, Text.of(bytes, start, end));
  }

  /**
   * Appends the text of a string that was checked.
   *
   * @param lone code point that stands for half a surrogate pair, at most U+FFFF
   */
  public static void unescape(ByteOutput out, byte[] bytes, int start, int end, int lone) {
    byte[] target = out.room(end - start);
    int length = unescape(bytes, start, end, target, out.length(), lone);
    out.end(length < 0 ? ~length : length);
  }

  /**
   * Writes into an array with room for {@code end - start} bytes; returns where the text ends, the
   * complement of it when an escape is spelled unusually.
   */
  private static int unescape(byte[] bytes, int start, int end, byte[] plain, int from, int lone) {
    int length = from;
    boolean usual = true;
    int at = start;
    while (at < end) {
      byte b = bytes[at++];
      if (b != '\\') {
        plain[length++] = b;
        continue;
      }
      b = bytes[at++];
      usual &= b != 'u' && b != '/';
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
      boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      length = Utf8.put(plain, length, half ? lone : codePoint); // no longer than its escape
    }
    return usual ? length : ~length;
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
}
