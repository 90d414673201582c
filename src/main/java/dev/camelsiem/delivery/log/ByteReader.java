package dev.camelsiem.delivery.log;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} wrote, out of bytes that may hold anything. */
final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  ByteReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int position() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  int octet() throws DamagedException {
    if (at >= end) {
      throw new DamagedException("ends too early");
    }
    return bytes[at++] & 0xff;
  }

  long varint() throws DamagedException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedException("number too long");
  }

  long signed() throws DamagedException {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  /** A number of things of which each takes at least some bytes of what is left. */
  int count(int bytesOfEach) throws DamagedException {
    long value = varint();
    if (value < 0 || value > remaining() / bytesOfEach) {
      throw new DamagedException("more than there is room for: " + value);
    }
    return (int) value;
  }

  long fixed() throws DamagedException {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | octet();
    }
    return value;
  }

  @Nullable String text() throws DamagedException {
    long length = varint() - 1;
    if (length == -1) {
      return null;
    }
    if (length < 0 || length > remaining()) {
      throw new DamagedException("text of " + length + " bytes");
    }
    String text = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
    at += (int) length;
    return text;
  }

  String someText() throws DamagedException {
    String text = text();
    if (text == null) {
      throw new DamagedException("no text");
    }
    return text;
  }
}
