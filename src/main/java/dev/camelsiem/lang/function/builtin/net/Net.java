package dev.camelsiem.lang.function.builtin.net;

import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** A net: the address bits that all its hosts share. */
final class Net {
  private static final Text SLASH = Text.of("/");

  private final IpAddress address;
  private final long highMask;
  private final long lowMask;

  private Net(IpAddress address, int prefix) {
    this.address = address;
    int width = address.isV6() ? 128 : 32;
    int free = width - prefix;
    this.lowMask = free >= 64 ? 0 : -1L << free;
    this.highMask = free <= 64 ? -1L : free == 128 ? 0 : -1L << (free - 64);
  }

  /** The net {@code address/prefix}, or a single address; null when the text is neither. */
  static @Nullable Net parse(Text text) {
    int slash = text.indexOf(SLASH, 0);
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.slice(0, slash));
    if (address == null) {
      return null;
    }
    int width = address.isV6() ? 128 : 32;
    int prefix = slash < 0 ? width : Ascii.number(text.array(), text.from() + slash + 1, text.to());
    return prefix < 0 || prefix > width ? null : new Net(address, prefix);
  }

  boolean contains(IpAddress ip) {
    return ip.isV6() == address.isV6()
        && ((ip.low() ^ address.low()) & lowMask) == 0
        && ((ip.high() ^ address.high()) & highMask) == 0;
  }
}
