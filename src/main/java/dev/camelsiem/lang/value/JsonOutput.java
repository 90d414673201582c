package dev.camelsiem.lang.value;

import dev.camelsiem.json.JsonWriter;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON straight from their bytes: no strings in between. The output is always
 * valid UTF-8.
 */
public final class JsonOutput {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private JsonOutput() {}

  /** Writes any value; lists and maps as arrays and objects, what has no JSON form as string. */
  public static void value(ByteOutput out, @Nullable Object value) {
    if (value instanceof Text text) {
      JsonWriter.string(out, text);
    } else if (value == null) {
      out.put(NULL);
    } else if (value instanceof Long number) {
      out.putDecimal(number);
    } else if (value instanceof IpAddress ip) {
      Text spelled = ip.original(); // nothing in it has to be escaped
      out.putQuoted(spelled.array(), spelled.from(), spelled.to());
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
          JsonWriter.string(out, key);
          out.put(':');
          value(out, value);
        });
    out.put('}');
  }
}
