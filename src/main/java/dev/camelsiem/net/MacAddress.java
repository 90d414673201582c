package dev.camelsiem.net;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** A MAC address of 48 bits, printed {@code AA:BB:CC:DD:EE:FF}. */
public final class MacAddress {
  private final long bits;

  private MacAddress(long bits) {
    this.bits = bits;
  }

  /** The address that the whole text spells, or null. */
  public static @Nullable MacAddress parse(Text text) {
    return text.length() <= 17 && end(text.array(), text.from(), text.to()) == text.to()
        ? new MacAddress(bits(text))
        : null;
  }

  /**
   * Where the address that begins at {@code from} ends, or -1: {@code aa:bb:cc:dd:ee:ff}, {@code
   * aa-bb-cc-dd-ee-ff} or {@code aabb.ccdd.eeff}.
   */
  public static int end(byte[] bytes, int from, int to) {
    if (to - from >= 17 && (bytes[from + 2] == ':' || bytes[from + 2] == '-')) {
      return end(bytes, from, to, 2, 6, bytes[from + 2]);
    }
    return to - from >= 14 ? end(bytes, from, to, 4, 3, (byte) '.') : -1;
  }

  private static int end(byte[] bytes, int from, int to, int digits, int parts, byte separator) {
    int end = from + (digits + 1) * parts - 1;
    for (int at = from; at < end; at++) {
      boolean between = (at - from) % (digits + 1) == digits;
      if (between ? bytes[at] != separator : Ascii.hexDigit(bytes[at]) < 0) {
        return -1;
      }
    }
    return end < to && Ascii.isAlphanumeric(bytes[end]) ? -1 : end;
  }

  private static long bits(Text text) {
    long bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Ascii.hexDigit(text.byteAt(i));
      if (digit >= 0) {
        bits = bits << 4 | digit;
      }
    }
    return bits;
  }

  /** The output form. */
  public Text text() {
    ByteOutput out = new ByteOutput(17);
    write(out);
    return out.toText();
  }

  /** Appends the output form. */
  public void write(ByteOutput out) {
    for (int i = 0; i < 6; i++) {
      int octet = (int) (bits >> (8 * (5 - i))) & 0xff;
      if (i > 0) {
        out.put(':');
      }
      out.put(hex(octet >> 4));
      out.put(hex(octet & 15));
    }
  }

  private static byte hex(int digit) {
    return (byte) "0123456789ABCDEF".charAt(digit);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MacAddress mac && bits == mac.bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public String toString() {
    return text().toString();
  }
}
