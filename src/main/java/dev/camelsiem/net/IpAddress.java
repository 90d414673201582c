package dev.camelsiem.net;

import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * An IP address that keeps the spelling of the text it came from; two are equal when they name the
 * same address, whatever the spelling.
 */
public final class IpAddress {
  /** Room that the canonical form needs at most. */
  public static final int LONGEST = 39;

  private static final long MAPPED = 0xffffL << 32;

  private final Text original;
  private final boolean v6;
  private final long high;
  private final long low;
  private final Text zone;

  private IpAddress(Text original, boolean v6, long high, long low, Text zone) {
    this.original = original;
    this.v6 = v6;
    this.high = high;
    this.low = low;
    this.zone = zone;
  }

  /** The address that the whole text spells, or null. */
  public static @Nullable IpAddress parse(Text text) {
    IpAddress v4 = parseV4(text);
    return v4 != null ? v4 : parseV6(text);
  }

  /** The IPv4 address that the whole text spells as a dotted quad, or null. */
  public static @Nullable IpAddress parseV4(Text text) {
    byte[] bytes = text.array();
    int length = text.length();
    if (length < 7 || length > 15 || Ipv4.end(bytes, text.from(), text.to()) != text.to()) {
      return null;
    }
    return new IpAddress(text, false, 0, Ipv4.value(bytes, text.from(), text.to()), Text.EMPTY);
  }

  /** The IPv6 address (RFC 4291 2.2, zone id allowed) that the whole text spells, or null. */
  public static @Nullable IpAddress parseV6(Text text) {
    if (text.length() < 2 || text.length() > 80) {
      return null;
    }
    Ipv6 parsed = new Ipv6();
    return parsed.parse(text.array(), text.from(), text.to()) == text.to()
        ? new IpAddress(text, true, parsed.high(), parsed.low(), parsed.zone())
        : null;
  }

  /**
   * The address that these bytes spell, or null: brackets and a zone are passed over, and IPv4 is
   * unwrapped from {@code ::ffff:a.b.c.d}.
   */
  public static @Nullable IpAddress parseLoosely(byte[] bytes, int from, int to) {
    IpAddress v4 = parseV4(Text.of(bytes, from, to));
    if (v4 != null) {
      return v4;
    }
    boolean brackets = to - from > 2 && bytes[from] == '[' && bytes[to - 1] == ']';
    int start = brackets ? from + 1 : from;
    int end = Ascii.indexOf(bytes, start, brackets ? to - 1 : to, '%');
    IpAddress v6 = parseV6(Text.of(bytes, start, end));
    return v6 == null ? null : v6.unwrapped();
  }

  /** The IPv4 address that this one wraps as {@code ::ffff:a.b.c.d}, else itself. */
  public IpAddress unwrapped() {
    return v6 && high == 0 && (low & ~0xffff_ffffL) == MAPPED
        ? new IpAddress(original, false, 0, low & 0xffff_ffffL, Text.EMPTY)
        : this;
  }

  /** Where the dotted quad that begins at {@code from} ends, or -1 when none does. */
  public static int endOfV4(byte[] bytes, int from, int to) {
    return Ipv4.end(bytes, from, to);
  }

  /** Where the longest IPv6 address that begins at {@code from} ends, or -1 when none does. */
  public static int endOfV6(byte[] bytes, int from, int to) {
    return new Ipv6().parse(bytes, from, to);
  }

  /** The text as it was written. */
  public Text original() {
    return original;
  }

  public boolean isV6() {
    return v6;
  }

  /** The upper 64 bits of an IPv6 address; 0 for IPv4. */
  public long high() {
    return high;
  }

  /** The lower 64 bits of an IPv6 address; the 32 bits of an IPv4 address. */
  public long low() {
    return low;
  }

  /**
   * Writes the address, not as it was written but as RFC 5952 wants it: no zeros in front, the
   * longest gap closed; without zone.
   *
   * @return where it ends, at most {@link #LONGEST} further
   */
  public int write(byte[] target, int at) {
    return v6 ? Ipv6.write(target, at, high, low) : Ipv4.write(target, at, (int) low);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpAddress ip
        && v6 == ip.v6
        && high == ip.high
        && low == ip.low
        && zone.equals(ip.zone);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high * 31 + low);
  }

  @Override
  public String toString() {
    return original.toString();
  }
}
