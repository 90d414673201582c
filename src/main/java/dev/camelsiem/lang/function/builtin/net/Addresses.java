package dev.camelsiem.lang.function.builtin.net;

import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.Blanks;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** Addresses out of values. */
final class Addresses {
  private Addresses() {}

  static @Nullable IpAddress ofFamily(@Nullable Object value, boolean v6) {
    if (value instanceof IpAddress ip) {
      return ip.isV6() == v6 ? ip : null;
    }
    if (!(Convert.scalar(value) instanceof Text text)) {
      return null;
    }
    Text address = Blanks.trim(text);
    return v6 ? IpAddress.parseV6(address) : IpAddress.parseV4(address);
  }
}
