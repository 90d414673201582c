package dev.camelsiem.flow.envelope;

import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** Finds the sender's address in the origin that a network source gives its events. */
final class PeerAddress {
  private PeerAddress() {}

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
    boolean six = start < origin.length() && origin.charAt(start) == '[';
    int end = six ? origin.indexOf(']', ++start) : start;
    while (!six && end < origin.length() && ":/".indexOf(origin.charAt(end)) < 0) {
      end++;
    }
    Text text = Text.of(origin.substring(start, Math.max(start, end)));
    IpAddress address = six ? IpAddress.parseV6(text) : IpAddress.parseV4(text);
    return address == null ? null : address.toString();
  }
}
