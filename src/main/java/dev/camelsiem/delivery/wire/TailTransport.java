package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import dev.camelsiem.flow.event.EncodedBatch;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedDeque;
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
  private final long settled;
  private final long soon;
  private final FrameEncoder frames;
  private final Listener listener;
  private final Tail tail;

  /** Connections that we have ended and the peer has not: what it reads of them is not known. */
  private final Deque<Ended> ended = new ConcurrentLinkedDeque<>();

  private volatile @Nullable Link link;
  private volatile boolean closed;

  private boolean flushed;
  private long flushedAt;
  private long pending;
  private long pendingSince;

  /**
   * @param mark what was sent last before it ended
   */
  private record Ended(Link link, long mark) {}

  /**
   * @param tail what was sent before by other means
   */
  TailTransport(
      Connector connector, WireLimits limits, FrameEncoder frames, Listener listener, Tail tail) {
    this.connector = connector;
    this.settled = limits.tailAge().toNanos();
    this.soon = limits.slow().toNanos();
    this.frames = frames;
    this.listener = listener;
    this.tail = tail;
  }

  @Override
  public void send(EncodedBatch batch, long mark) throws IOException, InterruptedException {
    look();
    int bytes = 0;
    if (!batch.isEmpty()) {
      Link to = open();
      flushed = false;
      ByteBuf buffer = frames.frames(batch);
      bytes = buffer.readableBytes();
      try {
        to.state().enter(SenderState.SENDING);
        to.write(buffer);
        listener.sent(batch.size(), batch.totalBytes());
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
    look();
    Link open = link;
    if (open != null) {
      try {
        open.flush();
      } catch (IOException e) {
        throw broken(e);
      }
    }
    if (!flushed) {
      flushed = true;
      flushedAt = System.nanoTime();
    }
    pending = 0;
    pendingSince = 0;
    listener.state(SenderState.IDLE);
    look(); // before nobody asks for long
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
      asked.state().leave(); // it is not this one's silence that anybody waits for
      long askedAt = System.nanoTime(); // and not when it went out, which may be told late
      asked.halfClose();
      long nanos = asked.awaitFin(within);
      link = null;
      if (nanos < 0) {
        watch(asked, tail.last());
        return nanos;
      }
      asked.close();
      return System.nanoTime() - askedAt;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Keeps a connection that we have ended until the peer has ended it, too, or until what went over
   * it counts as delivered.
   */
  void watch(Link half, long mark) {
    half.state().leave();
    ended.add(new Ended(half, mark));
    if (closed) {
      half.close();
    }
  }

  /** Whether something went over a connection that the peer has not read to the end. */
  boolean hasUnread() {
    return !ended.isEmpty();
  }

  /** Looks what has become of connections since. */
  private void look() throws IOException, InterruptedException {
    Link open = link;
    PeerEnd end = open == null ? null : open.peerEnd();
    if (end != null && flushed && end.isInOrder() && end.at() - flushedAt >= settled) {
      leaveLink(); // as peers do with idle connections: what went over it was read long before
    }
    long safe = tail.release();
    for (Iterator<Ended> all = ended.iterator(); all.hasNext(); ) {
      Ended each = all.next();
      if (each.mark() <= safe || hasRead(each.link())) {
        each.link().close();
        all.remove();
      }
    }
  }

  private boolean hasRead(Link half) throws IOException, InterruptedException {
    try {
      long nanos = half.awaitFin(Duration.ZERO);
      return nanos >= 0 && nanos <= soon; // a later answer proves nothing
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The mark that was sent last. */
  long lastMark() {
    return tail.last();
  }

  @Override
  public boolean isConfirmed() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
    connector.close();
    Link open = link;
    if (open != null) {
      open.close();
    }
    ended.forEach(each -> each.link().close());
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
    ended.forEach(each -> each.link().close());
    ended.clear();
    connector.failed();
    tail.broke();
    pending = 0;
    pendingSince = 0;
    return why;
  }
}
