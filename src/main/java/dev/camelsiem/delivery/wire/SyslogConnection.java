package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination;
import dev.camelsiem.integration.Destination.Protocol;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a syslog receiver for those who keep no log: a batch is sent when the operating
 * system has taken its bytes, which proves nothing about the receiver. Connects when it has
 * something to send, and again after a break. Thread-safe; batches wait for each other.
 */
public final class SyslogConnection implements AutoCloseable {
  /** What fits into a UDP datagram over IPv4. */
  public static final int LARGEST_DATAGRAM = WireSettings.LARGEST_DATAGRAM;

  private final Loops loops = new Loops(1);
  private final Connector connector;
  private final FrameEncoder frames;
  private final @Nullable UdpTransport datagrams;
  private final Listener listener;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile @Nullable Link link;
  private volatile boolean closed;

  /** Hears what happens to the connection; called on threads of the connection or its users. */
  public interface Listener {
    void connected();

    /**
     * The connection has ended and nobody here closed it.
     *
     * @param orderly the peer closed it, rather than reset it or fell silent
     */
    void disconnected(boolean orderly, String why);

    /** Events that left and are known to be lost, as only UDP does. */
    void lost(int events, String why);
  }

  /**
   * Never connects yet.
   *
   * @param largestDatagram in bytes; larger events are counted as lost over UDP
   */
  public SyslogConnection(Destination to, int largestDatagram, Listener listener) {
    this.listener = listener;
    WireSettings settings = WireSettings.direct(to, largestDatagram);
    WireLimits limits = WireLimits.DEFAULT.withStall(to.writeTimeout());
    Transport.Listener hearing = new Hearing(listener);
    connector = new Connector(settings, limits, loops, hearing);
    frames = new FrameEncoder(settings.framing());
    datagrams = to.protocol() == Protocol.UDP ? new UdpTransport(settings, hearing) : null;
  }

  /**
   * Reads the certificates and keys that a destination names.
   *
   * @throws IllegalArgumentException with a sentence that names the file that cannot be used
   */
  public static void check(Destination to) {
    if (to.tls() != null) {
      try {
        var unused = new TlsClient(to.tls()).context();
      } catch (IOException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }

  /**
   * Sends a batch and waits until the operating system has it.
   *
   * @throws IOException when it could not be written; part of it may have been
   */
  public void send(EncodedBatch batch) throws IOException, InterruptedException {
    turn.lockInterruptibly();
    try {
      if (datagrams != null) {
        datagrams.send(batch, 0);
        return;
      }
      Link to = open();
      to.write(frames.frames(batch));
      to.flush();
    } finally {
      turn.unlock();
    }
  }

  /** Ends what is under way; never waits. */
  @Override
  public void close() {
    closed = true;
    connector.close();
    Link open = link;
    if (open != null) {
      open.close();
    }
    if (datagrams != null) {
      datagrams.close();
    }
    loops.close();
  }

  private Link open() throws IOException, InterruptedException {
    Link open = link;
    if (open == null || !open.isOpen()) {
      open = connector.connect();
      open.peerEnd().whenOver(listener::disconnected);
      link = open;
      if (closed) {
        open.close();
      }
    }
    return open;
  }

  private record Hearing(Listener listener) implements Transport.Listener {
    @Override
    public void state(SenderState state) {
      // Such a connection has no states that anybody shows.
    }

    @Override
    public void connected(String address) {
      listener.connected();
    }

    @Override
    public void sent(int events, long bytes) {
      // Whoever sends without a log counts for himself.
    }

    @Override
    public void lost(int events, String why) {
      listener.lost(events, why);
    }

    @Override
    public void unconfirmed(String why) {
      throw new IllegalStateException(why);
    }
  }
}
