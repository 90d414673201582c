package dev.camelsiem.net;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** A MAC address of 48 bits, printed {@code AA:BB:CC:DD:EE:FF}. */
public final class MacAddress {
  /** How long the output form is. */
  public static final int LENGTH = 17;

  private static final int DIGITS = 12;

  private final long bits;

  private MacAddress(long bits) {
    this.bits = bits;
  }

  /** The address that the whole text spells, or null. */
  public static @Nullable MacAddress parse(Text text) {
    return text.length() <= LENGTH && end(text.array(), text.from(), text.to()) == text.to()
        ? new MacAddress(bits(text.array(), text.from(), text.to()))
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

  /**
   * The 48 bits of twelve hexadecimal digits, whatever colons, hyphens and dots stand between them;
   * -1 for anything else.
   */
  public static long bits(byte[] bytes, int from, int to) {
    long bits = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      int digit = Ascii.hexDigit(bytes[i]);
      boolean separator = bytes[i] == ':' || bytes[i] == '-' || bytes[i] == '.';
      if (digit < 0 ? !separator : digits++ == DIGITS) {
        return -1;
      }
      bits = digit < 0 ? bits : bits << 4 | digit;
    }
    return digits == DIGITS ? bits : -1;
  }

  /** The output form. */
  public Text text() {
    byte[] text = new byte[LENGTH];
    write(text, 0, bits);
    return Text.of(text);
  }

  /** Appends the output form. */
  public void write(ByteOutput out) {
    write(out.room(LENGTH), out.length(), bits);
    out.end(out.length() + LENGTH);
  }

  /** Writes the output form of 48 bits, {@link #LENGTH} bytes. */
  public static void write(byte[] target, int at, long bits) {
    for (int i = 0; i < LENGTH; i++) {
      int digit = (int) (bits >>> 44 - 4 * (i - i / 3)) & 15;
      target[at + i] = (byte) (i % 3 == 2 ? ':' : digit < 10 ? '0' + digit : 'A' + digit - 10);
    }
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
