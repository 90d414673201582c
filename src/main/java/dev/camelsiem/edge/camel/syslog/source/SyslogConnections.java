package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.ConnectionLimiter;
import dev.camelsiem.edge.camel.intake.ListenerGuard;
import dev.camelsiem.edge.camel.intake.LogLimit;
import dev.camelsiem.edge.camel.intake.Slots;
import dev.camelsiem.supervise.Supervision;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP or TLS connections of a listener: the places they take, and what is to be told of them.
 * Thread-safe.
 */
final class SyslogConnections {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogConnections.class);

  private final SyslogLimits limits;
  private final Slots places;
  private final Map<Channel, SyslogStream> streams = new ConcurrentHashMap<>();
  private final LogLimit refused = new LogLimit();
  private final LogLimit displaced = new LogLimit();
  private final LogLimit broken = new LogLimit();
  private final LogLimit handshakes = new LogLimit();
  private final LogLimit tooMuch = new LogLimit();
  private final LogLimit unread = new LogLimit();

  SyslogConnections(SyslogLimits limits) {
    this.limits = limits;
    places =
        new Slots(
            new ConnectionLimiter(limits.maxConnections(), limits.maxConnectionsPerAddress()));
  }

  /** Null when the connection is one too many and was closed. */
  @Nullable SyslogStream admit(SyslogListening listening, Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress address)) {
      close(channel);
      return null; // gone before it was seen
    }
    Slots.Slot place = places.admit(address.getAddress(), () -> losesPlace(channel));
    if (place == null) {
      refuse(channel, address.getAddress());
      return null;
    }
    SyslogStream stream = new SyslogStream(listening, channel, place);
    streams.put(channel, stream);
    channel.closeFuture().addListener(closed -> stream.closed());
    listening.watch(channel);
    return stream;
  }

  private void losesPlace(Channel channel) {
    SyslogStream stream = streams.get(channel);
    if (stream != null) {
      stream.losePlace();
    } else {
      close(channel);
    }
  }

  private void refuse(Channel channel, InetAddress address) {
    if (refused.count()) {
      LOG.warn(
          "connection from {} refused: at most {} connections, {} from one address, are taken ({}"
              + " refused so far, {} idle ones have given way; see maxConnections)",
          address.getHostAddress(),
          limits.maxConnections(),
          limits.maxConnectionsPerAddress(),
          refused.total(),
          places.gaveWay());
    }
    close(channel);
  }

  /** It holds nothing any more. */
  void over(Channel channel) {
    streams.remove(channel);
  }

  /** Netty tells nobody of the end of a connection whose thread is gone. */
  void letOrphansGo() {
    streams.forEach(
        (channel, stream) -> {
          if (channel.eventLoop().isShutdown()) {
            letGo(channel, stream);
          }
        });
  }

  /** What goes wrong with one is not the others' fault. */
  private static void letGo(Channel channel, SyslogStream stream) {
    try {
      boolean unused = ListenerGuard.closeAbandoned(channel); // or Netty had closed it
      stream.orphaned();
    } catch (RuntimeException | Error failure) {
      Supervision.failed("siem-syslog-source", failure, stream.origin() + " is closed");
    }
  }

  long refused() {
    return refused.total();
  }

  long lostPlaces() {
    return places.gaveWay();
  }

  long failedHandshakes() {
    return handshakes.total();
  }

  // --- what is told ---------------------------------------------------------------------------

  void brokenStream(String origin) {
    if (broken.count()) {
      LOG.warn(
          "{} closed: what it sent could not be cut into events ({} so far)",
          origin,
          broken.total());
    }
  }

  /**
   * @param bytes of memory that it held or wanted to hold; those of its event may be fewer
   */
  void gaveWay(String origin, long bytes) {
    if (tooMuch.count()) {
      LOG.warn(
          "{} closed: it held or needed {} bytes for an event that had no end. All connections"
              + " together may hold {} bytes that are not complete, and this one held the most ({}"
              + " closed so far; see maxUnfinishedBytes)",
          origin,
          bytes,
          limits.maxUnfinishedBytes(),
          tooMuch.total());
    }
  }

  void readsNothing(String origin) {
    if (unread.count()) {
      LOG.warn(
          "{} closed: it did not read what TLS has answered, such as key updates ({} so far)",
          origin,
          unread.total());
    }
  }

  void lostPlace(String origin) {
    if (displaced.count()) {
      LOG.warn(
          "{} closed: it had given no event for longest, and a new one needed its place ({} closed"
              + " so far; see maxConnections)",
          origin,
          displaced.total());
    }
  }

  void handshakeFailed(String origin, Throwable cause) {
    if (handshakes.count()) {
      LOG.warn(
          "{}: no TLS connection: {} ({} so far)", origin, cause.getMessage(), handshakes.total());
    }
  }

  private static void close(Channel channel) {
    ChannelFuture unused = channel.close(); // it is gone either way
  }
}
