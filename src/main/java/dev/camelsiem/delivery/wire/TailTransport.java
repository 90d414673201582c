package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import dev.camelsiem.flow.event.EncodedBatch;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection that stays, to a SIEM that confirms nothing. What was sent last counts as
 * delivered only when enough has been sent behind it, so that a break costs repeats rather than
 * events.
 */
final class TailTransport implements Transport {
  private static final int DUE_BYTES = 256 << 10;
  private static final long DUE_AGE = TimeUnit.SECONDS.toNanos(1);

  private final Connector connector;
  private final FrameEncoder frames;
  private final Listener listener;
  private final Tail tail;
  private volatile @Nullable Link link;
  private volatile boolean closed;
  private long pending;
  private long pendingSince;

  /**
   * @param tail what was sent before by other means
   */
  TailTransport(Connector connector, FrameEncoder frames, Listener listener, Tail tail) {
    this.connector = connector;
    this.frames = frames;
    this.listener = listener;
    this.tail = tail;
  }

  @Override
  public void send(EncodedBatch batch, long mark) throws IOException, InterruptedException {
    int bytes = 0;
    if (!batch.isEmpty()) {
      Link to = open();
      ByteBuf buffer = frames.frames(batch);
      bytes = buffer.readableBytes();
      try {
        to.enter(SenderState.SENDING);
        to.write(buffer);
      } catch (IOException e) {
        throw broken(e);
      }
    }
    tail.add(mark, bytes);
    if (pendingSince == 0) {
      pendingSince = System.nanoTime();
    }
    pending += bytes;
  }

  @Override
  public boolean isDue() {
    return pending >= DUE_BYTES || (pendingSince != 0 && System.nanoTime() - dueAt() >= 0);
  }

  @Override
  public long dueAt() {
    return pendingSince == 0 ? System.nanoTime() + Long.MAX_VALUE / 4 : pendingSince + DUE_AGE;
  }

  @Override
  public long confirm() throws IOException, InterruptedException {
    Link open = link;
    if (open != null) {
      try {
        open.flush();
      } catch (IOException e) {
        throw broken(e);
      }
    }
    pending = 0;
    pendingSince = 0;
    listener.state(SenderState.IDLE);
    return tail.release();
  }

  @Override
  public long settle() throws IOException, InterruptedException {
    return confirm();
  }

  boolean isConnected() {
    return link != null;
  }

  /** Whom it is connected to, or an empty text. */
  String peer() {
    Link open = link;
    return open == null ? "" : open.peer();
  }

  /**
   * Asks the peer to answer a half-close, which ends the connection either way: what is sent next
   * goes over a new one, and what was sent keeps its place.
   *
   * @return nanoseconds that the answer took, or -1 when none came in time
   */
  long awaitAnswer(Duration within) throws IOException, InterruptedException {
    Link asked = link;
    if (asked == null) {
      return -1;
    }
    try {
      asked.halfClose();
      return asked.awaitFin(within);
    } catch (IOException e) {
      throw broken(e);
    } finally {
      leaveLink();
    }
  }

  /** The mark that was sent last. */
  long lastMark() {
    return tail.last();
  }

  @Override
  public void close() {
    closed = true;
    connector.close();
    Link open = link;
    if (open != null) {
      open.close();
    }
  }

  private Link open() throws IOException, InterruptedException {
    Link open = link;
    if (open == null) {
      try {
        open = connector.connect();
      } catch (IOException e) {
        throw broken(e);
      }
      link = open;
      if (closed) {
        open.close();
      }
    }
    return open;
  }

  private void leaveLink() {
    Link open = link;
    link = null;
    if (open != null) {
      open.close();
    }
  }

  private IOException broken(IOException why) {
    leaveLink();
    connector.failed();
    tail.broke();
    pending = 0;
    pendingSince = 0;
    return why;
  }
}
