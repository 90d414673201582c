package dev.camelsiem.lang.pattern;

import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.util.HashMap;
import java.util.Map;

/** Literals in one array while a program is built: equal ones lie in one place. */
final class TextPool {
  private final ByteOutput bytes = new ByteOutput(64);
  private final Map<Text, Integer> starts = new HashMap<>();

  /** Where a literal begins. */
  int add(byte[] literal) {
    Integer known = starts.putIfAbsent(Text.of(literal), bytes.length());
    if (known != null) {
      return known;
    }
    int start = bytes.length();
    bytes.put(literal);
    return start;
  }

  byte[] toBytes() {
    return bytes.toBytes();
  }
}
