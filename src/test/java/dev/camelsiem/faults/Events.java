package dev.camelsiem.faults;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Numbered events. The user field holds number, time of writing and a checksum over both and the
 * padding, so that a line shows by itself whether it is whole.
 */
final class Events {
  private static final String FIELD = "suser=";

  /** What cannot be packed, so that the log grows by what it is given. */
  private static final String PADDING = noise(1 << 20);

  private Events() {}

  /** What a line holds. */
  record Stamp(int number, long millis) {}

  /**
   * One event as JSON, without line end.
   *
   * @param family event id, such as ADM-001
   * @param padding bytes that make it longer
   */
  static String json(String family, int number, long millis, int padding) {
    String text = number + "." + millis + "." + padding(number, padding);
    return "{\"id\":\""
        + family
        + "\",\"time\":\"2025-02-18T10:07:28Z\",\"status\":\"Success\",\"user\":\""
        + text
        + "."
        + checksum(text)
        + "\",\"source\":\"kcs-middleware-0\",\"sourceIp\":\"10.10.0.15\"}";
  }

  private static String padding(int number, int length) {
    int at = (int) (number * 0x9E37_79B9L % (PADDING.length() - length));
    return PADDING.substring(at, at + length);
  }

  private static String noise(int length) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(Character.forDigit(random.nextInt(36), 36));
    }
    return text.toString();
  }

  /** What an event's line says, or null when it is not one, or not whole. */
  static Stamp read(String line) {
    int at = line.indexOf(FIELD);
    if (at < 0) {
      return null;
    }
    int end = line.indexOf(' ', at);
    String token = line.substring(at + FIELD.length(), end < 0 ? line.length() : end);
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    int last = token.lastIndexOf('.');
    if (first < 1 || second < 0 || last <= second) {
      return null;
    }
    if (!checksum(token.substring(0, last)).equals(token.substring(last + 1))) {
      return null;
    }
    return new Stamp(
        Integer.parseInt(token.substring(0, first)),
        Long.parseLong(token.substring(first + 1, second)));
  }

  /** What stands before and behind that which differs from event to event, with a NUL between. */
  static String frame(String line) {
    int at = line.indexOf(FIELD);
    int end = line.indexOf(' ', at);
    return line.substring(0, at) + "\0" + (end < 0 ? "" : line.substring(end));
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return Long.toHexString(crc.getValue());
  }
}
