package dev.camelsiem.delivery.wire;

import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Destination.Tls;
import dev.camelsiem.integration.Integration;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transport needs to know of an integration.
 *
 * @param addresses unresolved, in the order in which they are tried; never empty
 * @param tls null for a connection in clear
 * @param framing how events are told apart on a stream
 * @param connectTimeout for each address, TLS handshake included
 * @param confirmTimeout how long a receiver that never answered a half-close may take to do so
 * @param topic of Kafka; null for every other way
 * @param largestDatagram in bytes; larger events are counted as lost over UDP
 */
record WireSettings(
    Way way,
    List<InetSocketAddress> addresses,
    @Nullable Tls tls,
    Framing framing,
    Duration connectTimeout,
    Duration confirmTimeout,
    @Nullable String topic,
    int largestDatagram) {
  /** What fits into a UDP datagram over IPv4. */
  static final int LARGEST_DATAGRAM = 65_507;

  private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(30);

  WireSettings {
    addresses = List.copyOf(addresses);
  }

  /** How events get to the SIEM and how it is known that they are there. */
  enum Way {
    /** TCP or TLS; each window ends with a half-close that the SIEM answers. */
    CONFIRMED,
    /** TCP or TLS, never confirmed. */
    PERSISTENT,
    /** As {@link #PERSISTENT} for a sink without a log: its caller wants to hear of a stall. */
    DIRECT,
    RELP,
    UDP,
    KAFKA
  }

  /** The only place that knows how an integration says it. */
  static WireSettings of(Integration integration) {
    Destination to = integration.destination();
    Way way =
        switch (to.protocol()) {
          case UDP -> Way.UDP;
          case KAFKA -> Way.KAFKA;
          case TCP ->
              switch (integration.delivery().confirm()) {
                case CLOSE -> Way.CONFIRMED;
                case NONE -> Way.PERSISTENT;
                case RELP -> Way.RELP;
              };
        };
    return of(to, way, integration.delivery().confirmTimeout(), LARGEST_DATAGRAM);
  }

  /** For a sink without a log. */
  static WireSettings direct(Destination to, int largestDatagram) {
    return of(to, Way.DIRECT, CONFIRM_TIMEOUT, largestDatagram);
  }

  static WireSettings of(Destination to, Way way, Duration confirmTimeout, int largestDatagram) {
    return new WireSettings(
        way,
        to.endpoints().stream()
            .map(each -> InetSocketAddress.createUnresolved(each.host(), each.port()))
            .toList(),
        to.tls(),
        to.framing(),
        to.connectTimeout(),
        confirmTimeout,
        to.topic(),
        largestDatagram);
  }
}
