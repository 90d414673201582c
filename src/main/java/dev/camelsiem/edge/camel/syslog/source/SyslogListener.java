package dev.camelsiem.edge.camel.syslog.source;

import java.util.Locale;
import org.apache.camel.component.netty.NettyServerBootstrapConfiguration;

/**
 * Where a listener listens. Lets a Kamelet choose the transport by an option, which an endpoint's
 * address cannot: {@code tls} is TCP to camel-netty.
 */
public final class SyslogListener extends NettyServerBootstrapConfiguration {
  /** No datagram is longer; a smaller buffer would cut datagrams without a word. */
  private static final int LONGEST_DATAGRAM = 65_535;

  /** All of this replaces what the endpoint's own options say. */
  public SyslogListener() {
    setReceiveBufferSizePredictor(LONGEST_DATAGRAM);
    setWorkerCount(Runtime.getRuntime().availableProcessors()); // none of them ever waits
  }

  @Override
  public void setProtocol(String protocol) {
    super.setProtocol(
        switch (protocol.toLowerCase(Locale.ROOT)) {
          case "tcp", "tls" -> "tcp";
          case "udp" -> "udp";
          default ->
              throw new IllegalArgumentException(
                  "protocol is `" + protocol + "`; it can be `tcp`, `tls` or `udp`");
        });
  }

  @Override
  public void setPort(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + "; it can be 1 to 65535");
    }
    super.setPort(port);
  }
}
