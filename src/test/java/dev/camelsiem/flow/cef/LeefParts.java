package dev.camelsiem.flow.cef;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A LEEF line taken apart as its guide says and as simply as can be, by nothing of what made it.
 *
 * @param header what stands between the pipes, without the delimiter
 * @param attributes in their order
 */
record LeefParts(List<String> header, Map<String, String> attributes) {
  private static final int PIPES = 6;

  /**
   * @throws AssertionError when it is not one line of LEEF 2.0 with tabs, or has a key twice
   */
  static LeefParts of(String line) {
    int start = line.indexOf("LEEF:2.0|");
    demand(start >= 0 && line.indexOf('\n') < 0 && line.indexOf('\r') < 0, line);
    List<String> header = new ArrayList<>();
    int at = start;
    for (int i = 0; i < PIPES; i++) {
      int pipe = line.indexOf('|', at);
      demand(pipe >= 0, line);
      header.add(line.substring(at, pipe));
      at = pipe + 1;
    }
    demand(header.remove(PIPES - 1).equals("x09"), line);
    Map<String, String> attributes = new LinkedHashMap<>();
    if (at < line.length()) {
      for (String pair : line.substring(at).split("\t", -1)) {
        int equals = pair.indexOf('=');
        demand(equals > 0, line);
        demand(attributes.put(pair.substring(0, equals), pair.substring(equals + 1)) == null, line);
      }
    }
    return new LeefParts(header, attributes);
  }

  private static void demand(boolean right, String line) {
    if (!right) {
      throw new AssertionError("not as LEEF wants it: " + line);
    }
  }
}
