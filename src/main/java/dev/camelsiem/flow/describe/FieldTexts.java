package dev.camelsiem.flow.describe;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.net.MacAddress;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.time.DateTime;
import org.jspecify.annotations.Nullable;

/** FieldTexts of fields as text: as output shows them, so a list has none. */
public final class FieldTexts {
  private FieldTexts() {}

  /** Appends the text without making one, fractions aside. */
  public static void write(ByteOutput out, @Nullable Object value) {
    if (value instanceof Text text) {
      out.put(text);
    } else if (value instanceof Long number) {
      out.putDecimal(number);
    } else if (value instanceof DateTime date) {
      date.write(out);
    } else if (value instanceof MacAddress mac) {
      mac.write(out);
    } else {
      Text text = Convert.text(value);
      if (text != null) {
        out.put(text);
      }
    }
  }

  /** Whether two values are one text; null equals only null. */
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof Long a && right instanceof Long b) {
      return a.longValue() == b.longValue();
    }
    Text a = Convert.text(left);
    return a != null && a.equals(Convert.text(right));
  }
}
