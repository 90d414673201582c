package dev.camelsiem.lang.function.builtin.text;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import dev.camelsiem.text.Utf8;
import org.jspecify.annotations.Nullable;

/** Upper and lower case, character by character, leaving malformed bytes alone. */
final class LetterCase {
  private LetterCase() {}

  static @Nullable Text lower(Budget budget, @Nullable Object value) {
    Text text = Convert.text(value);
    return text == null ? null : convert(budget, text, false);
  }

  static @Nullable Text upper(Budget budget, @Nullable Object value) {
    Text text = Convert.text(value);
    return text == null ? null : convert(budget, text, true);
  }

  private static Text convert(Budget budget, Text text, boolean upper) {
    byte[] bytes = text.array();
    int at = firstToChange(bytes, text.from(), text.to(), upper);
    budget.scan(at - text.from());
    if (at == text.to()) {
      return text;
    }
    budget.output(text.length());
    byte[] changed = text.toBytes();
    char first = upper ? 'a' : 'A';
    for (int i = at - text.from(); i < changed.length; i++) {
      byte b = changed[i];
      if (b < 0) {
        return unicode(budget, changed, i, upper);
      }
      if (b >= first && b < first + 26) {
        changed[i] = (byte) (b ^ 0x20);
      }
    }
    return text.isQuotable() ? Text.ofQuotable(changed, 0, changed.length) : Text.of(changed);
  }

  private static int firstToChange(byte[] bytes, int from, int to, boolean upper) {
    char first = upper ? 'a' : 'A';
    int at = from;
    while (at < to && bytes[at] >= 0 && (bytes[at] < first || bytes[at] >= first + 26)) {
      at++;
    }
    return at;
  }

  /** The rest of a text from its first byte on that isn't ASCII; what comes before is done. */
  private static Text unicode(Budget budget, byte[] bytes, int from, boolean upper) {
    budget.output(bytes.length);
    ByteOutput out = new ByteOutput(bytes.length + 8);
    out.put(bytes, 0, from);
    int at = from;
    while (at < bytes.length) {
      int end = Utf8.next(bytes, at, bytes.length);
      if (bytes[at] < 0 && Utf8.length(bytes, at, bytes.length) < 0) {
        out.put(bytes, at, end);
      } else {
        int c = Utf8.codePoint(bytes, at, bytes.length);
        Utf8.put(out, upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
      }
      at = end;
    }
    return out.toText();
  }
}
