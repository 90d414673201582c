package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.Transport;
import dev.camelsiem.integration.Integration;

/** Makes transports, which share its threads. */
public final class Wires implements Transport.Factory, AutoCloseable {
  private static final int THREADS = 2;

  private final Loops loops = new Loops(THREADS);

  @Override
  public Transport open(Integration integration, Transport.Listener listener) {
    return open(WireSettings.of(integration), listener);
  }

  Transport open(WireSettings settings, Transport.Listener listener) {
    WireLimits limits = WireLimits.DEFAULT;
    return switch (settings.way()) {
      case CONFIRMED -> new ConfirmingTransport(settings, limits, loops, listener);
      case PERSISTENT ->
          new TailTransport(
              new Connector(settings, limits, loops, listener),
              new FrameEncoder(settings.framing()),
              listener,
              new Tail(limits, ConfirmingTransport.NOTHING));
      case UDP -> new UdpTransport(settings, listener);
      case RELP -> new RelpTransport(settings, limits, listener);
      case KAFKA -> new KafkaTransport(settings, limits, listener);
    };
  }

  /** Ends the threads; transports are to be closed before. Returns at once. */
  @Override
  public void close() {
    loops.close();
  }
}
