package dev.camelsiem.flow.cef;

/**
 * IP addresses from text to text: IPv4 as a dotted quad without leading zeros, IPv6 as RFC 5952
 * wants it, IPv4 unwrapped from {@code ::ffff:a.b.c.d}. Holds one address at a time; not
 * thread-safe.
 */
final class AddressText {
  /** What {@link #parse} found. */
  enum Kind {
    BAD,
    IPV4,
    IPV6
  }

  private static final byte[] HEX = Ascii.bytes("0123456789abcdef");

  private final int[] groups = new int[8];
  private int ipv4;

  /** Reads an address; brackets and a zone are passed over. */
  Kind parse(byte[] bytes, int from, int to) {
    if (parseIpv4(bytes, from, to)) {
      return Kind.IPV4;
    }
    int start = from;
    int end = to;
    if (end - start > 2 && bytes[start] == '[' && bytes[end - 1] == ']') {
      start++;
      end--;
    }
    for (int i = start; i < end; i++) {
      if (bytes[i] == '%') {
        end = i;
      }
    }
    if (!parseIpv6(bytes, start, end)) {
      return Kind.BAD;
    }
    return isMapped() ? Kind.IPV4 : Kind.IPV6;
  }

  /** Writes the IPv4 address that was parsed last. */
  void writeIpv4(ByteSink sink) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      sink.putNumber(ipv4 >> shift & 0xFF);
      if (shift > 0) {
        sink.put('.');
      }
    }
  }

  /** Writes the IPv6 address that was parsed last. */
  void writeIpv6(ByteSink sink) {
    int zeros = longestZeros();
    int zerosEnd = zeros < 0 ? -1 : zerosEnd(zeros);
    for (int i = 0; i < 8; i++) {
      if (i == zeros) {
        sink.put(':');
        sink.put(':');
        i = zerosEnd - 1;
        continue;
      }
      if (i > 0 && i != zerosEnd) {
        sink.put(':');
      }
      writeGroup(sink, groups[i]);
    }
  }

  private static void writeGroup(ByteSink sink, int group) {
    byte[] out = sink.room(4);
    int at = sink.at();
    boolean started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = group >> shift & 0xF;
      started |= digit != 0 || shift == 0;
      if (started) {
        out[at++] = HEX[digit];
      }
    }
    sink.end(at);
  }

  private boolean parseIpv4(byte[] bytes, int from, int to) {
    int address = 0;
    int octets = 0;
    int i = from;
    while (octets < 4) {
      int octet = 0;
      int digits = 0;
      while (i < to && Ascii.isDigit(bytes[i]) && digits < 4) {
        octet = octet * 10 + bytes[i++] - '0';
        digits++;
      }
      if (digits == 0 || digits > 3 || octet > 255) {
        return false;
      }
      address = address << 8 | octet;
      octets++;
      if (octets < 4 && (i == to || bytes[i++] != '.')) {
        return false;
      }
    }
    ipv4 = address;
    return i == to;
  }

  private boolean parseIpv6(byte[] bytes, int from, int to) {
    int count = 0;
    int gap = -1;
    int i = from;
    if (to - from >= 2 && bytes[from] == ':') {
      if (bytes[from + 1] != ':') {
        return false;
      }
      gap = 0;
      i += 2;
    }
    while (i < to) {
      if (count == 8) {
        return false;
      }
      int end = i;
      while (end < to && Ascii.hex(bytes[end]) >= 0) {
        end++;
      }
      if (end < to && bytes[end] == '.') {
        if (count > 6 || !parseIpv4(bytes, i, to)) {
          return false;
        }
        groups[count++] = ipv4 >>> 16;
        groups[count++] = ipv4 & 0xFFFF;
        i = to;
        break;
      }
      if (end == i || end - i > 4) {
        return false;
      }
      groups[count++] = group(bytes, i, end);
      i = end;
      if (i == to) {
        break;
      }
      if (bytes[i++] != ':' || i == to) {
        return false;
      }
      if (bytes[i] == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = count;
        i++;
      }
    }
    return spread(count, gap);
  }

  private static int group(byte[] bytes, int from, int to) {
    int group = 0;
    for (int i = from; i < to; i++) {
      group = group << 4 | Ascii.hex(bytes[i]);
    }
    return group;
  }

  /** Moves what stands behind the gap to the end. */
  private boolean spread(int count, int gap) {
    if (gap < 0) {
      return count == 8;
    }
    if (count > 7) {
      return false;
    }
    int behind = count - gap;
    for (int i = 0; i < behind; i++) {
      groups[7 - i] = groups[count - 1 - i];
    }
    for (int i = gap; i < 8 - behind; i++) {
      groups[i] = 0;
    }
    return true;
  }

  private boolean isMapped() {
    for (int i = 0; i < 5; i++) {
      if (groups[i] != 0) {
        return false;
      }
    }
    if (groups[5] != 0xFFFF) {
      return false;
    }
    ipv4 = groups[6] << 16 | groups[7];
    return true;
  }

  /** Where the longest run of two or more zero groups begins, the first of equals; or -1. */
  private int longestZeros() {
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = groups[i] == 0 ? zerosEnd(i) - i : 0;
      if (length > bestLength) {
        best = i;
        bestLength = length;
      }
    }
    return best;
  }

  private int zerosEnd(int from) {
    int i = from;
    while (i < 8 && groups[i] == 0) {
      i++;
    }
    return i;
  }
}
