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

  /** A text that will be written often, so that what has to be escaped in it is looked for once. */
  public static Text prepared(Text text) {
    ByteOutput out = new ByteOutput(text.length() + 2);
    string(out, text);
    Text quotable = Text.of(out.array(), 1, out.length() - 1);
    return Text.of(text.array(), text.from(), text.to(), quotable);
  }

  /** Writes a text in quotes, escaped. */
  public static void string(ByteOutput out, Text text) {
    Text known = text.quotable();
    if (known != null) {
      out.putQuoted(known.array(), known.from(), known.to());
    } else {
      string(out, text.array(), text.from(), text.to());
    }
  }

  /** Writes the bytes from {@code from} up to {@code to} in quotes, escaped. */
  public static void string(ByteOutput out, byte[] bytes, int from, int to) {
    int at = JsonStrings.plainEnd(bytes, from, to);
    if (at == to) {
      out.putQuoted(bytes, from, to);
      return;
    }
    out.put('"');
    int start = from;
    while (at < to) {
      byte escape = ESCAPE[bytes[at] & 0xff];
      if (escape == 0) {
        at = JsonStrings.plainEnd(bytes, at, to);
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
