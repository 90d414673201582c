package dev.camelsiem.edge.camel.http;

/** UTF-8 (RFC 3629), byte by byte. */
final class Utf8 {
  private Utf8() {}

  /**
   * How many bytes follow the one at {@code at}, which is not ASCII, in its character; -1 when it
   * is none: overlong, a surrogate, above U+10FFFF or cut off.
   */
  static int following(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    int count;
    if (lead >= 0xc2 && lead <= 0xdf) {
      count = 1;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      count = 2;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      count = 3;
    } else {
      return -1;
    }
    if (count >= to - at || !isSecond(lead, bytes[at + 1] & 0xff)) {
      return -1;
    }
    for (int i = 2; i <= count; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return -1;
      }
    }
    return count;
  }

  private static boolean isSecond(int lead, int second) {
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most;
  }
}
