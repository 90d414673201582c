package dev.camelsiem.lang.value;

import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import dev.camelsiem.time.DateTime;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON straight from their bytes: no strings in between. Bytes that are no valid
 * UTF-8 become U+FFFD, so the output is always valid UTF-8.
 */
public final class JsonOutput {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** 0 for bytes that stand for themselves, else the letter after the backslash, or 1, or 2. */
  private static final byte[] ESCAPE = escapes();

  private static final byte AS_CODE = 1;
  private static final byte MULTI_BYTE = 2;

  private JsonOutput() {}

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

  /** Writes any value; lists and maps as arrays and objects, what has no JSON form as string. */
  public static void value(ByteOutput out, @Nullable Object value) {
    if (value instanceof Text text) {
      string(out, text);
    } else if (value == null) {
      out.put(NULL);
    } else if (value instanceof Long number) {
      out.putDecimal(number);
    } else if (value instanceof IpAddress ip) {
      string(out, ip.original());
    } else if (value instanceof DateTime date) {
      out.put('"');
      date.write(out);
      out.put('"');
    } else {
      rare(out, value);
    }
  }

  private static void rare(ByteOutput out, Object value) {
    if (value instanceof BigDecimal decimal) {
      out.putAscii(Numbers.shortest(decimal));
    } else if (value instanceof Boolean bool) {
      out.put(bool ? Convert.TRUE : Convert.FALSE);
    } else if (value instanceof ListValue list) {
      array(out, list);
    } else if (value instanceof MapValue map) {
      object(out, map);
    } else {
      Text text = Convert.text(value);
      value(out, text);
    }
  }

  private static void array(ByteOutput out, ListValue list) {
    out.put('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.put(',');
      }
      value(out, list.get(i));
    }
    out.put(']');
  }

  private static void object(ByteOutput out, MapValue map) {
    out.put('{');
    int start = out.length();
    map.forEach(
        (key, value) -> {
          if (out.length() > start) {
            out.put(',');
          }
          string(out, key);
          out.put(':');
          value(out, value);
        });
    out.put('}');
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
