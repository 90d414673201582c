package dev.camelsiem.delivery;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Integration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * A SIEM in memory that keeps the contract of {@link Transport}, one window late, and fails at the
 * calls that a script names. What it has read at a failure may be anything up to what was sent, as
 * with real receivers.
 */
final class ScriptedSiem implements Transport.Factory {
  private static final long AGE = TimeUnit.MILLISECONDS.toNanos(50);

  final List<String> received = new ArrayList<>();
  private final LongPredicate fails;
  private final int windowEvents;
  private long calls;
  private long opened;
  private volatile CountDownLatch hang = new CountDownLatch(0);

  /**
   * @param fails whether the call of this number, from 1, throws
   */
  ScriptedSiem(int windowEvents, LongPredicate fails) {
    this.windowEvents = windowEvents;
    this.fails = fails;
  }

  /** From now on calls to confirm wait until {@link #goOn} or until the transport is closed. */
  void hang() {
    hang = new CountDownLatch(1);
  }

  void goOn() {
    hang.countDown();
  }

  synchronized List<String> received() {
    return List.copyOf(received);
  }

  synchronized long opened() {
    return opened;
  }

  private synchronized void call() throws IOException {
    if (fails.test(++calls)) {
      throw new IOException("call " + calls + " fails");
    }
  }

  private synchronized void take(List<String> lines) {
    received.addAll(lines);
  }

  @Override
  public synchronized Transport open(Integration integration, Transport.Listener listener) {
    opened++;
    return new Way(listener);
  }

  private final class Way implements Transport {
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> window = new ArrayList<>();
    private long due;
    private long mark;
    private long seen;
    private long safe;

    Way(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void send(EncodedBatch batch, long newMark) throws IOException {
      if (window.isEmpty()) {
        listener.connected("memory");
        due = System.nanoTime() + AGE;
      }
      listener.state(SenderState.SENDING);
      window.addAll(batch);
      listener.sent(batch.size(), batch.totalBytes());
      mark = newMark;
      failAs();
    }

    @Override
    public boolean isDue() {
      return window.size() >= windowEvents || !window.isEmpty() && System.nanoTime() - due >= 0;
    }

    @Override
    public long dueAt() {
      return window.isEmpty() ? Long.MAX_VALUE : due;
    }

    @Override
    public long confirm() throws IOException, InterruptedException {
      listener.state(SenderState.CONFIRMING);
      CountDownLatch waiting = hang;
      while (waiting.getCount() > 0 && closed.getCount() > 0) {
        waiting.await(10, TimeUnit.MILLISECONDS);
      }
      if (closed.getCount() == 0) {
        throw new IOException("closed");
      }
      failAs();
      take(window);
      window.clear();
      safe = seen;
      seen = mark;
      return safe;
    }

    @Override
    public long settle() throws IOException {
      failAs();
      safe = seen;
      return safe;
    }

    @Override
    public void close() {
      closed.countDown();
    }

    /** A failing call loses any part of the window: here half of it was read. */
    private void failAs() throws IOException {
      try {
        call();
      } catch (IOException e) {
        take(window.subList(0, window.size() / 2));
        window.clear();
        seen = safe;
        throw e;
      }
    }
  }
}
