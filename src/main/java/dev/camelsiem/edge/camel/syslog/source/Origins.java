package dev.camelsiem.edge.camel.syslog.source;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Names of senders. */
final class Origins {
  private Origins() {}

  /** Address and port for people and dead letters, such as {@code tcp://192.0.2.1:40000}. */
  static String of(String scheme, @Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String host = inet.getAddress().getHostAddress();
      String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return scheme + "://" + shown + ":" + inet.getPort();
    }
    return scheme + "://" + address;
  }
}
