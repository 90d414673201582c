package dev.camelsiem.net;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Digits;

/** The dotted quad. */
final class Ipv4 {
  private Ipv4() {}

  static int end(byte[] bytes, int from, int to) {
    int at = from;
    for (int part = 0; part < 4; part++) {
      if (part > 0) {
        if (at >= to || bytes[at] != '.') {
          return -1;
        }
        at++;
      }
      at = endOfPart(bytes, at, to);
      if (at < 0) {
        return -1;
      }
    }
    return at;
  }

  /** One to three digits, at most 255, no digit after them. */
  private static int endOfPart(byte[] bytes, int from, int to) {
    int value = 0;
    int at = from;
    while (at < to && Ascii.isDigit(bytes[at])) {
      if (at - from == 3) {
        return -1;
      }
      value = value * 10 + bytes[at++] - '0';
    }
    return at == from || value > 255 ? -1 : at;
  }

  /** Writes a quad; returns where it ends. */
  static int write(byte[] target, int at, int address) {
    int end = at;
    for (int shift = 24; shift >= 0; shift -= 8) {
      int part = address >>> shift & 0xff;
      int digits = Digits.count(part);
      Digits.put(target, end, part, digits);
      end += digits;
      if (shift > 0) {
        target[end++] = '.';
      }
    }
    return end;
  }

  /** The 32 bits of a quad that {@link #end} has accepted. */
  static long value(byte[] bytes, int from, int to) {
    long value = 0;
    int part = 0;
    for (int at = from; at < to; at++) {
      if (bytes[at] == '.') {
        value = value << 8 | part;
        part = 0;
      } else {
        part = part * 10 + bytes[at] - '0';
      }
    }
    return value << 8 | part;
  }
}
