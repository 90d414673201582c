package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.delivery.wire.SyslogConnection;
import dev.camelsiem.integration.Destination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes news of a connection to the log; losses at the first one and whenever they double. */
final class LoggingListener implements SyslogConnection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogSink.class);

  private final Destination destination;
  private long lost;
  private long told;

  LoggingListener(Destination destination) {
    this.destination = destination;
  }

  @Override
  public void connected() {
    LOG.info("connected to {}", destination);
  }

  @Override
  public void disconnected(boolean orderly, String why) {
    LOG.warn("connection to {} ended: {}", destination, why);
  }

  @Override
  public synchronized void lost(int events, String why) {
    lost += events;
    if (lost >= told * 2) {
      told = lost;
      LOG.warn("{} events to {} lost so far; the last: {}", lost, destination, why);
    }
  }
}
