package dev.camelsiem.json;

import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Writes strings of JSON straight from bytes. Bytes that are no valid UTF-8 become U+FFFD, so the
 * output is always valid UTF-8.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** 0 for bytes that stand for themselves, else the letter after the backslash, or 1, or 2. */
  private static final byte[] ESCAPE = escapes();

  private static final byte AS_CODE = 1;
  private static final byte MULTI_BYTE = 2;

  private JsonWriter() {}

  private static byte[] escapes() {
    byte[] table = new byte[256];
    for (int i = 0; i < 0x20; i++) {
      table[i] = AS_CODE;
    }
    for (int i = 0x80; i < 0x100; i++) {
      table[i] = MULTI_BYTE;
    }
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['"'] = '"';
    table['\\'] = '\\';
    return table;
  }

  /** {@code "name":}, to be made once per field. */
  public static byte[] memberName(String name) {
    ByteOutput out = new ByteOutput(name.length() + 3);
    string(out, Text.of(name));
    out.put(':');
    return out.toBytes();
  }

  /** Writes a text in quotes, escaped. */
  public static void string(ByteOutput out, Text text) {
    string(out, text.array(), text.from(), text.to());
  }

  /** Writes the bytes from {@code from} up to {@code to} in quotes, escaped. */
  public static void string(ByteOutput out, byte[] bytes, int from, int to) {
    out.put('"');
    int start = from;
    int at = from;
    while (at < to) {
      byte escape = ESCAPE[bytes[at] & 0xff];
      if (escape == 0) {
        at++;
        continue;
      }
      int length = escape == MULTI_BYTE ? Utf8.length(bytes, at, to) : -1;
      if (length > 0) {
        at += length;
        continue;
      }
      out.put(bytes, start, at);
      escape(out, bytes[at], escape);
      at -= length;
      start = at;
    }
    out.put(bytes, start, to);
    out.put('"');
  }

  private static void escape(ByteOutput out, byte b, byte escape) {
    if (escape == MULTI_BYTE) {
      Utf8.putReplacement(out);
      return;
    }
    out.put('\\');
    if (escape == AS_CODE) {
      out.putAscii("u00");
      out.put(HEX[b >> 4]);
      out.put(HEX[b & 15]);
    } else {
      out.put(escape);
    }
  }
}
