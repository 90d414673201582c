package dev.camelsiem.edge.camel.http;

import dev.camelsiem.tls.ServerTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What all routes of one port have in common.
 *
 * @param port 0 finds a free one
 * @param headerMillis from the first byte of a head to its last
 * @param idleMillis between requests
 * @param http2 whether HTTP/2 is spoken without TLS, too
 * @param maxStreams requests of one HTTP/2 connection at the same time
 * @param maxInFlightBytes of all bodies together
 * @param tls spoken when it has a key
 */
record ServerSettings(
    String host,
    int port,
    int maxConnections,
    int maxConnectionsPerAddress,
    long headerMillis,
    long idleMillis,
    boolean http2,
    int maxStreams,
    long maxInFlightBytes,
    ServerTls tls) {
  private static final int LARGEST_PORT = 65_535;

  ServerSettings {
    if (port < 0 || port > LARGEST_PORT) {
      throw new IllegalArgumentException(
          "siem-http-source: port must be 0 to %d, not %d".formatted(LARGEST_PORT, port));
    }
    HttpLimits.positive("maxConnections", maxConnections);
    HttpLimits.positive("maxConnectionsPerAddress", maxConnectionsPerAddress);
    HttpLimits.positive("headerTimeout", headerMillis);
    HttpLimits.positive("idleTimeout", idleMillis);
    HttpLimits.positive("maxStreams", maxStreams);
    HttpLimits.positive("maxInFlightBytes", maxInFlightBytes);
  }

  /** Two with the same key share a port. */
  String key() {
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }

  /**
   * @throws IllegalArgumentException when another route on the same port wants something else
   */
  void checkSame(ServerSettings other) {
    List<String> different = new ArrayList<>();
    compare(different, "maxConnections", maxConnections, other.maxConnections);
    compare(
        different,
        "maxConnectionsPerAddress",
        maxConnectionsPerAddress,
        other.maxConnectionsPerAddress);
    compare(different, "headerTimeout", headerMillis, other.headerMillis);
    compare(different, "idleTimeout", idleMillis, other.idleMillis);
    compare(different, "http2", http2, other.http2);
    compare(different, "maxStreams", maxStreams, other.maxStreams);
    compare(different, "maxInFlightBytes", maxInFlightBytes, other.maxInFlightBytes);
    if (!tls.isSameAs(other.tls)) {
      different.add("TLS settings differ");
    }
    if (!different.isEmpty()) {
      throw new IllegalArgumentException(
          "siem-http-source: two routes share %s, but %s: give both the same, or another port"
              .formatted(key(), String.join(", ", different)));
    }
  }

  private static void compare(List<String> different, String name, Object one, Object other) {
    if (!one.equals(other)) {
      different.add("%s is %s and %s".formatted(name, one, other));
    }
  }
}
