package dev.camelsiem.edge.camel.integration;

import dev.camelsiem.delivery.wire.SyslogConnection;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.delivery.Transport;
import java.io.IOException;

/** An outlet's way over one connection that stays. */
final class NettyTransport implements Transport {
  private final SyslogConnection connection;

  NettyTransport(Destination destination, Listener listener) {
    connection =
        new SyslogConnection(
            destination, SyslogConnection.LARGEST_DATAGRAM, new Forwarding(listener));
  }

  @Override
  public void send(EncodedBatch batch) throws IOException, InterruptedException {
    connection.send(batch);
  }

  @Override
  public void close() {
    connection.close();
  }

  private record Forwarding(Listener to) implements SyslogConnection.Listener {
    @Override
    public void connected() {
      to.connected();
    }

    @Override
    public void disconnected(boolean orderly, String why) {
      to.disconnected(orderly, why);
    }

    @Override
    public void lost(int events, String why) {
      to.lost(events, why);
    }
  }
}
