package dev.camelsiem.letters;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;

/** Who is behind the place that an event came from: what the share of the quota is counted by. */
final class OriginGroups {
  private static final byte[] KEY = ",\"origin\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NUMBER = "{\"n\":".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_NAME = 1_000;
  private static final String ADDRESSES = "other addresses";

  private OriginGroups() {}

  /** The address without port, the topic without partition, the file. */
  static String group(String origin) {
    String name = origin.length() > MOST_NAME ? origin.substring(0, MOST_NAME) : origin;
    if (name.contains("://")) {
      return withoutNumber(name, ':');
    }
    return name.startsWith("kafka:") ? withoutNumber(name, '-') : name;
  }

  /** What those share of which there are too many: networks, topics, and all that has a path. */
  static String others(String group) {
    if (isAddress(group)) {
      return ADDRESSES;
    }
    return group.startsWith("kafka:") ? "other topics" : "other files";
  }

  /** Whether a group is somebody on the network, or those of whom there are too many. */
  static boolean isAddress(String group) {
    return group.contains("://") || group.equals(ADDRESSES);
  }

  private static String withoutNumber(String name, char before) {
    int end = name.length();
    while (end > 0 && Ascii.isDigit(name.charAt(end - 1))) {
      end--;
    }
    return end > 0 && end < name.length() && name.charAt(end - 1) == before
        ? name.substring(0, end - 1)
        : name;
  }

  /**
   * The group of a line, found without reading it as JSON: no quote stands bare inside of a string.
   */
  static String ofLine(byte[] bytes, int from, int to) {
    int at = Text.indexOf(bytes, from, to, KEY, 0, KEY.length);
    if (at < 0) {
      return "";
    }
    int begin = at + KEY.length;
    int end = begin;
    while (end < to && bytes[end] != '"') {
      end += bytes[end] == '\\' ? 2 : 1;
    }
    String text = new String(bytes, begin, Math.min(end, to) - begin, StandardCharsets.UTF_8);
    return group(unescaped(text));
  }

  /** The number of a line, or 0 when it has none. */
  static long numberOfLine(byte[] bytes, int from, int to) {
    if (to - from < NUMBER.length
        || Text.indexOf(bytes, from, from + NUMBER.length, NUMBER, 0, NUMBER.length) < 0) {
      return 0;
    }
    int digits = from + NUMBER.length;
    return Ascii.decimal(bytes, digits, Ascii.skipDigits(bytes, digits, to));
  }

  /** As much as tells two files apart the same way before and after a restart. */
  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    byte[] object = ("{\"origin\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    var node = LetterJson.object(object, 0, object.length);
    return node == null ? text : node.path("origin").asText();
  }
}
