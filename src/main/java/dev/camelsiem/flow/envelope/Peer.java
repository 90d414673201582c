package dev.camelsiem.flow.envelope;

import org.jspecify.annotations.Nullable;

/** Finds the sender's address in the origin that a network source gives its events. */
final class Peer {
  private Peer() {}

  /**
   * The address in {@code tcp://192.0.2.1:40000}, {@code udp://[2001:db8::1]:514} and the like;
   * null when the origin names no address.
   */
  static @Nullable String address(String origin) {
    int start = origin.indexOf("://");
    if (start < 0) {
      return null;
    }
    start += 3;
    if (start < origin.length() && origin.charAt(start) == '[') {
      int end = origin.indexOf(']', start);
      return end < 0 ? null : address(origin, start + 1, end, true);
    }
    int end = start;
    while (end < origin.length() && origin.charAt(end) != ':' && origin.charAt(end) != '/') {
      end++;
    }
    return address(origin, start, end, false);
  }

  private static @Nullable String address(String origin, int from, int to, boolean six) {
    boolean digits = false;
    for (int i = from; i < to; i++) {
      char c = origin.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean hex = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':';
      if (!digit && c != '.' && !(six && hex)) {
        return null;
      }
      digits |= digit;
    }
    return digits || six ? origin.substring(from, to) : null;
  }
}
