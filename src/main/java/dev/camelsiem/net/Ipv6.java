package dev.camelsiem.net;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;

/** Reads one IPv6 address: the text forms of RFC 4291 2.2 and the zone of RFC 4007 11. */
final class Ipv6 {
  private final int[] groups = new int[8];
  private int count;
  private int gap = -1;

  /** What stood there when the text so far was a whole address. */
  private int goodEnd = -1;

  private int goodCount;
  private int goodGap;
  private Text zone = Text.EMPTY;

  /** The end of the longest address that begins at {@code from}, or -1. */
  int parse(byte[] bytes, int from, int to) {
    readGroups(bytes, from, to);
    if (goodEnd < 0 || !standsAlone(bytes, goodEnd, to)) {
      return -1;
    }
    return readZone(bytes, to);
  }

  private void readGroups(byte[] bytes, int from, int to) {
    int at = from;
    if (at + 1 < to && bytes[at] == ':' && bytes[at + 1] == ':') {
      gap = 0;
      at += 2;
      good(at);
    }
    while (count < 8) {
      int end = readGroup(bytes, at, to);
      if (end < 0) {
        return;
      }
      good(end);
      if (end + 1 >= to || bytes[end] != ':' || count >= 8) {
        return;
      }
      boolean doubled = bytes[end + 1] == ':';
      if (doubled && gap >= 0) {
        return;
      }
      at = end + 1;
      if (doubled) {
        gap = count;
        at++;
        good(at);
      }
    }
  }

  /** One group of hex digits, or an embedded IPv4 address, which ends everything. */
  private int readGroup(byte[] bytes, int from, int to) {
    int value = 0;
    int at = from;
    while (at < to && Ascii.hexDigit(bytes[at]) >= 0) {
      if (at - from == 4) {
        return -1;
      }
      value = value << 4 | Ascii.hexDigit(bytes[at++]);
    }
    if (at == from) {
      return -1;
    }
    if (at < to && bytes[at] == '.' && count <= 6) {
      int end = Ipv4.end(bytes, from, to);
      if (end >= 0) {
        return addV4(bytes, from, end);
      }
    }
    groups[count++] = value;
    return at;
  }

  private int addV4(byte[] bytes, int from, int end) {
    boolean fits = gap >= 0 || count == 6;
    if (!fits) {
      return -1;
    }
    long v4 = Ipv4.value(bytes, from, end);
    groups[count++] = (int) (v4 >> 16);
    groups[count++] = (int) (v4 & 0xffff);
    good(end);
    return -1;
  }

  private void good(int end) {
    if (gap < 0 ? count == 8 : count < 8) {
      goodEnd = end;
      goodCount = count;
      goodGap = gap;
    }
  }

  /** No letter, digit or further group may follow. */
  private static boolean standsAlone(byte[] bytes, int end, int to) {
    if (end == to) {
      return true;
    }
    byte next = bytes[end];
    if (next == ':') {
      return end + 1 == to || (bytes[end + 1] != ':' && Ascii.hexDigit(bytes[end + 1]) < 0);
    }
    return !Ascii.isAlphanumeric(next) && next != '_';
  }

  private int readZone(byte[] bytes, int to) {
    if (goodEnd == to || bytes[goodEnd] != '%') {
      return goodEnd;
    }
    int at = goodEnd + 1;
    while (at < to && at - goodEnd <= 32 && isZone(bytes[at])) {
      at++;
    }
    if (at == goodEnd + 1) {
      return goodEnd;
    }
    zone = Text.of(bytes, goodEnd + 1, at);
    return at;
  }

  private static boolean isZone(byte b) {
    return Ascii.isAlphanumeric(b) || b == '_' || b == '-';
  }

  Text zone() {
    return zone;
  }

  long high() {
    return half(0);
  }

  long low() {
    return half(4);
  }

  private long half(int first) {
    long value = 0;
    for (int i = first; i < first + 4; i++) {
      value = value << 16 | group(i);
    }
    return value;
  }

  /** A group of the whole address, the gap filled with zeros. */
  private int group(int index) {
    if (goodGap < 0 || index < goodGap) {
      return groups[index];
    }
    int fromEnd = index - (8 - (goodCount - goodGap));
    return fromEnd < 0 ? 0 : groups[goodGap + fromEnd];
  }

  /** Writes an address after RFC 5952; returns where it ends. */
  static int write(byte[] target, int at, long high, long low) {
    int gap = -1;
    int gapLength = 1; // one group of zeros is no gap
    int zeros = 0;
    for (int i = 0; i < 8; i++) {
      zeros = group(high, low, i) == 0 ? zeros + 1 : 0;
      if (zeros > gapLength) {
        gap = i + 1 - zeros;
        gapLength = zeros;
      }
    }
    int end = at;
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        target[end++] = ':';
        i += gapLength;
      }
      if (i > 0) {
        target[end++] = ':';
      }
      if (i < 8) {
        end = writeGroup(target, end, group(high, low, i));
      }
    }
    return end;
  }

  private static int group(long high, long low, int index) {
    return (int) ((index < 4 ? high : low) >>> 48 - 16 * (index & 3)) & 0xffff;
  }

  private static int writeGroup(byte[] target, int at, int group) {
    int end = at;
    for (int shift = 12; shift >= 0; shift -= 4) {
      if (group >>> shift != 0 || shift == 0) {
        target[end++] = Ascii.lowerHex(group >>> shift & 15);
      }
    }
    return end;
  }
}
