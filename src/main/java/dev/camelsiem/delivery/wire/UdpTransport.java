package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import dev.camelsiem.flow.event.EncodedBatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * One datagram per event (RFC 5426). UDP promises nothing, so events do not fail: what the system
 * refused, what the receiver's machine refused and what is too large is counted and reported, once
 * per batch.
 */
final class UdpTransport implements Transport {
  private static final int SEND_BUFFER = 4 << 20;

  private final WireSettings settings;
  private final Listener listener;
  private volatile @Nullable DatagramChannel channel;
  private volatile boolean closed;
  private int address;
  private long mark = ConfirmingTransport.NOTHING;
  private boolean due;
  private int refused;
  private int failed;
  private @Nullable IOException lastFailure;

  UdpTransport(WireSettings settings, Listener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public void send(EncodedBatch batch, long newMark) throws IOException {
    if (!batch.isEmpty()) {
      DatagramChannel to = open();
      int tooLarge = 0;
      long bytes = 0;
      for (int i = 0; i < batch.size(); i++) {
        int length = batch.end(i) - batch.start(i);
        if (length > settings.largestDatagram()) {
          tooLarge++;
        } else {
          write(to, ByteBuffer.wrap(batch.array(), batch.start(i), length));
          bytes += length;
        }
      }
      listener.sent(batch.size() - tooLarge, bytes);
      if (tooLarge > 0) {
        listener.lost(
            tooLarge, "larger than a datagram of " + settings.largestDatagram() + " bytes");
      }
      report(to);
    }
    mark = newMark;
    due = true;
  }

  /**
   * A refusal by the receiver's machine is told at the next call, which then does nothing else: the
   * datagram before this one is lost, and this one has not been sent yet.
   */
  private void write(DatagramChannel to, ByteBuffer datagram) throws IOException {
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        to.write(datagram);
        return;
      } catch (PortUnreachableException e) {
        refused++;
      } catch (ClosedChannelException e) {
        throw new IOException("closed", e);
      } catch (IOException e) {
        failed++;
        lastFailure = e;
        return;
      }
    }
    // Refused twice in a row: the second was for another datagram before this one.
    failed++;
  }

  /** Asks for the fate of the last datagram as far as it is known, and tells what is lost. */
  private void report(DatagramChannel to) {
    try {
      to.configureBlocking(false);
      to.read(ByteBuffer.allocate(1));
    } catch (PortUnreachableException e) {
      refused++;
    } catch (IOException e) {
      lastFailure = e;
    }
    if (refused > 0) {
      listener.lost(refused, "refused by the receiver's machine: nobody listens");
    }
    if (failed > 0) {
      listener.lost(failed, "refused by the system: " + Failures.describe(lastFailure));
    }
    if (refused + failed > 0 || lastFailure != null) {
      leave();
    } else {
      blocking(to);
    }
    refused = 0;
    failed = 0;
    lastFailure = null;
  }

  private void blocking(DatagramChannel to) {
    try {
      to.configureBlocking(true);
    } catch (IOException e) {
      leave();
    }
  }

  /** The next batch asks DNS again, and goes to the next address if there are several. */
  private void leave() {
    address++;
    DatagramChannel open = channel;
    channel = null;
    close(open);
  }

  private DatagramChannel open() throws IOException {
    DatagramChannel open = channel;
    if (open != null) {
      return open;
    }
    listener.state(SenderState.CONNECTING);
    InetSocketAddress named =
        settings.addresses().get(Math.floorMod(address, settings.addresses().size()));
    InetAddress[] found;
    try {
      found = InetAddress.getAllByName(named.getHostString());
    } catch (UnknownHostException e) {
      address++;
      throw new IOException("no address is known for " + named.getHostString(), e);
    }
    open = DatagramChannel.open();
    boolean whole = false;
    try {
      open.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
      open.connect(new InetSocketAddress(found[0], named.getPort()));
      whole = true;
    } finally {
      if (!whole) {
        close(open);
        address++;
      }
    }
    channel = open;
    if (closed) {
      close(open);
    }
    listener.connected(named.getHostString() + ":" + named.getPort());
    listener.state(SenderState.SENDING);
    return open;
  }

  @Override
  public boolean isDue() {
    return due;
  }

  @Override
  public long dueAt() {
    return System.nanoTime() + (due ? 0 : Long.MAX_VALUE / 4);
  }

  @Override
  public long confirm() {
    due = false;
    listener.state(SenderState.IDLE);
    return mark;
  }

  @Override
  public long settle() {
    return confirm();
  }

  @Override
  public boolean isConfirmed() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
    close(channel);
  }

  private static void close(@Nullable DatagramChannel open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("a datagram socket cannot be closed", e);
    }
  }
}
