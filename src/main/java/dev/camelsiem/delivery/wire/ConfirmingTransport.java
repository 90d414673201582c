package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.SenderState;
import dev.camelsiem.delivery.Transport;
import dev.camelsiem.flow.event.EncodedBatch;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * TCP or TLS without acknowledgements, confirmed all the same: events go out in windows, each over
 * a connection of its own that ends with a half-close, and a receiver that has read all of it
 * answers that with its own. What comes back lags one window behind, since a receiver that ends in
 * good order answers too, without having read; then the next window's connection fails.
 *
 * <p>A receiver that never answers is served by a {@link TailTransport} from then on, and asked
 * again after a while.
 */
final class ConfirmingTransport implements Transport {
  /** Returned while nothing is safe yet. */
  static final long NOTHING = Long.MIN_VALUE;

  private final WireSettings settings;
  private final WireLimits limits;
  private final Connector connector;
  private final FrameEncoder frames;
  private final Listener listener;
  private final WindowSize size;
  private final Youth youth;
  private final Answers answers;
  private final Window window;
  private volatile @Nullable Link link;
  private volatile @Nullable TailTransport tail;
  private volatile boolean closed;
  private long retestAfter;
  private long retestAt;
  private final Held held = new Held();

  private long connectedAt;
  private long mark = NOTHING;

  /** What the caller knows to be safe. */
  private long told = NOTHING;

  /** The mark of what is being sent, of which a part may have left; the same as mark otherwise. */
  private long underWay = NOTHING;

  ConfirmingTransport(WireSettings settings, WireLimits limits, Loops loops, Listener listener) {
    this.settings = settings;
    this.limits = limits;
    this.listener = listener;
    connector = new Connector(settings, limits, loops, listener);
    frames = new FrameEncoder(settings.framing());
    size = new WindowSize(limits);
    youth = new Youth(limits);
    answers = new Answers(settings.confirmTimeout(), limits.patience(), size);
    window = new Window(size, (settings.tls() == null ? limits.age() : limits.tlsAge()).toNanos());
  }

  @Override
  public void send(EncodedBatch batch, long newMark) throws IOException, InterruptedException {
    int from = 0;
    underWay = newMark;
    while (tail == null && from < batch.size()) {
      int to = size.piece(batch, from);
      EncodedBatch piece = batch.slice(from, to);
      boolean full = from > 0 && window.isFull(); // the batch is larger than a window
      if (full || !window.hasRoomFor(piece.totalBytes(), piece.size())) {
        long unused = endWindow();
      } else {
        write(piece);
        from = to;
      }
    }
    TailTransport instead = tail;
    if (instead != null) {
      instead.send(batch.slice(from, batch.size()), newMark);
      return;
    }
    mark = newMark;
    window.open();
  }

  private void write(EncodedBatch piece) throws IOException, InterruptedException {
    try {
      Link to = link;
      if (to == null) {
        to = connect();
      }
      ByteBuf buffer = frames.frames(piece);
      window.add(buffer.readableBytes(), piece.size());
      to.state().enter(SenderState.SENDING);
      to.write(buffer);
      listener.sent(piece.size(), piece.totalBytes());
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private Link connect() throws IOException, InterruptedException {
    Link to = connector.connect();
    try {
      held.check(to.peer());
    } catch (IOException e) {
      to.close();
      throw e;
    }
    link = to;
    connectedAt = System.nanoTime();
    if (closed) {
      to.close();
    }
    return to;
  }

  @Override
  public boolean isDue() {
    TailTransport instead = tail;
    return instead != null ? instead.isDue() : window.isDue() || held.safe() != told;
  }

  @Override
  public long dueAt() {
    TailTransport instead = tail;
    return instead != null ? instead.dueAt() : window.dueAt();
  }

  /** Ends the window, unless it is enough to tell what came of those that a batch has filled. */
  @Override
  public long confirm() throws IOException, InterruptedException {
    TailTransport instead = tail;
    if (instead != null) {
      return System.nanoTime() - retestAt < 0 ? instead.confirm() : retest(instead);
    }
    told = held.safe() != told && !window.isDue() ? held.safe() : endWindow();
    return told;
  }

  private long endWindow() throws IOException, InterruptedException {
    Link sent = link;
    if (sent == null) {
      return confirmMarks();
    }
    try {
      long nanos = end(sent);
      if (nanos < 0) {
        return becomeTail(sent);
      }
      answers.seen();
      prove(sent);
      size.answered(nanos, sent.lifetime() - nanos, window.bytes());
    } catch (IOException e) {
      throw refused(answers.broke(sent, e));
    }
    held.answered(mark, sent.peer());
    closeWindow();
    listener.state(SenderState.IDLE);
    return held.safe();
  }

  /** Marks without events in between need no proof of their own. */
  private long confirmMarks() {
    if (window.isOpen()) {
      held.passed(mark);
    }
    closeWindow();
    return held.safe();
  }

  @Override
  public long settle() throws IOException, InterruptedException {
    TailTransport instead = tail;
    if (instead != null) {
      return instead.settle();
    }
    if (window.isOpen()) {
      endWindow();
    }
    if (held.isHolding() && tail == null) {
      try {
        Link probe = connect();
        long nanos = end(probe);
        if (nanos < 0) {
          throw new IOException(probe.peer() + " did not answer the end of a connection");
        }
        prove(probe);
      } catch (IOException e) {
        throw refused(e);
      }
      closeWindow();
      held.settle();
      listener.state(SenderState.IDLE);
    }
    told = held.safe();
    return told;
  }

  @Override
  public void close() {
    closed = true;
    connector.close();
    Link under = link;
    if (under != null) {
      under.close();
    }
    TailTransport instead = tail;
    if (instead != null) {
      instead.close();
    }
  }

  /**
   * Tells the end and waits for the answer; first until one who closes what it accepts would have
   * done so, if all that was sent has room in its buffers.
   *
   * @return nanoseconds it took, or -1 when this peer seems never to answer
   */
  private long end(Link sent) throws IOException, InterruptedException {
    youth.await(sent, connectedAt, window.bytes());
    sent.halfClose();
    sent.state().enter(SenderState.CONFIRMING);
    long nanos = answers.await(sent);
    youth.answered();
    return nanos;
  }

  /** Whoever leaves without reading has a patience that begins with the connection. */
  private void prove(Link sent) throws IOException {
    long nanos = sent.lifetime();
    if (!size.proves(nanos)) {
      String late = " ms after the connection began: too late to prove that it has read all";
      throw new IOException(sent.peer() + " ended it " + nanos / 1_000_000 + late);
    }
  }

  /** What was sent stays sent, without proof. */
  private long becomeTail(Link sent) {
    Tail unproven = new Tail(limits, held.safe());
    if (held.isHolding()) {
      unproven.add(held.seen(), 1);
    }
    unproven.add(mark, window.bytes());
    link = null; // not closed: it tells when the peer dies with what it has not read
    retestAfter = limits.retest().toNanos();
    retestAt = System.nanoTime() + retestAfter;
    TailTransport instead = new TailTransport(connector, limits, frames, listener, unproven);
    instead.watch(sent, underWay);
    tail = instead;
    if (closed) {
      instead.close();
    }
    closeWindow();
    long seconds = settings.confirmTimeout().toSeconds();
    listener.unconfirmed(sent.peer() + " did not answer a half-close within " + seconds + " s");
    return held.safe();
  }

  /** Asks a peer that did not answer once more, with the connection that it has. */
  private long retest(TailTransport instead) throws IOException, InterruptedException {
    long released = instead.confirm();
    if (instead.isConnected()) {
      retestAfter = Math.min(limits.longestRetest().toNanos(), 2 * retestAfter);
      retestAt = System.nanoTime() + retestAfter;
      String peer = instead.peer();
      long nanos = instead.awaitAnswer(settings.confirmTimeout());
      if (nanos >= 0 && nanos <= limits.slow().toNanos() && !instead.hasUnread()) {
        answers.seen();
        mark = instead.lastMark();
        underWay = mark;
        held.resume(released, mark, peer);
        tail = null;
        listener.confirms();
      }
    }
    return released;
  }

  /** Nothing beyond the safe mark counts any more. */
  private IOException refused(IOException why) {
    youth.broke();
    if (link != null) {
      connector.failed();
      size.refused();
    }
    closeWindow();
    held.broke();
    return why;
  }

  private void closeWindow() {
    Link under = link;
    link = null;
    if (under != null) {
      under.close();
    }
    window.close();
  }
}
