package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.Transport;
import dev.camelsiem.integration.DeliverySettings;
import dev.camelsiem.integration.Integration;

/** Makes transports, which share its threads. */
public final class Wires implements Transport.Factory, AutoCloseable {
  private static final int THREADS = 2;

  private final Loops loops = new Loops(THREADS);

  @Override
  public Transport open(Integration integration, Transport.Listener listener) {
    return open(WireSettings.of(integration), limits(integration), listener);
  }

  @Override
  public WireLimits limits(Integration integration) {
    DeliverySettings delivery = integration.delivery();
    return WireLimits.DEFAULT.within(delivery.quotaBytes(), delivery.quotaAge());
  }

  Transport open(WireSettings settings, WireLimits limits, Transport.Listener listener) {
    return switch (settings.way()) {
      case CONFIRMED -> new ConfirmingTransport(settings, limits, loops, listener);
      case PERSISTENT ->
          new TailTransport(
              new Connector(settings, limits, loops, listener),
              limits,
              new FrameEncoder(settings.framing()),
              listener,
              new Tail(limits, ConfirmingTransport.NOTHING));
      case DIRECT -> throw new IllegalArgumentException("a transport needs a log");
      case UDP -> new UdpTransport(settings, listener);
      case RELP -> new RelpTransport(settings, limits, listener);
      case KAFKA -> new KafkaTransport(settings, limits, listener);
    };
  }

  /**
   * Looks whether what an integration names can be used, before anything is sent.
   *
   * @throws IllegalArgumentException with a sentence that says what is missing, and where
   */
  public static void check(Integration integration) {
    try {
      switch (WireSettings.of(integration).way()) {
        case KAFKA ->
            require(
                "org.apache.kafka.clients.producer.KafkaProducer",
                "Kafka needs org.apache.kafka:kafka-clients (camel-kafka brings it)");
        case RELP ->
            require("com.teragrep.rlp_01.RelpConnection", "RELP needs com.teragrep:rlp_01:4.1.0");
        case CONFIRMED, PERSISTENT, DIRECT, UDP -> {}
      }
      SyslogConnection.check(integration.destination());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "integration \"" + integration.name() + "\": " + e.getMessage(), e);
    }
  }

  private static void require(String className, String otherwise) {
    try {
      Class.forName(className, false, Wires.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(otherwise + " on the classpath", e);
    }
  }

  /** Ends the threads; transports are to be closed before. Returns at once. */
  @Override
  public void close() {
    loops.close();
  }
}
