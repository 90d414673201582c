package dev.camelsiem.edge.camel.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Who counts as one sender where senders are treated alike. */
public final class Senders {
  /** Of an IPv6 address those bits are the network's; the rest its owner chooses as they like. */
  private static final int NETWORK_BYTES = 8;

  private Senders() {}

  /** An IPv4 address is itself, an IPv6 address the network of its first 64 bits. */
  public static InetAddress of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] network = address.getAddress();
    Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
    try {
      return InetAddress.getByAddress(network);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 16 bytes is one", e);
    }
  }
}
