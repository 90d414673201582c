package dev.camelsiem.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns a sender's state: every transition goes through here, is dated, and is told to the log when
 * it begins or ends an outage. Thread-safe.
 */
final class SenderMonitor implements Transport.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  /** A slow SIEM stalls with each window: told once in a while. */
  private static final long BETWEEN_STALLS_TOLD = TimeUnit.MINUTES.toNanos(1);

  private final LaneCounters counters;
  private final AtomicLong connections = new AtomicLong();
  private volatile String label;
  private volatile SenderState state = SenderState.IDLE;
  private volatile long stateSince = System.currentTimeMillis();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long outageSince;
  private final AtomicLong stallToldAt = new AtomicLong(System.nanoTime() - BETWEEN_STALLS_TOLD);
  private volatile boolean connectedThisAttempt;
  private volatile boolean confirmedMode = true;
  private volatile @Nullable String lastError;
  private volatile long lastConfirmed;

  SenderMonitor(String label, LaneCounters counters) {
    this.label = label;
    this.counters = counters;
  }

  /** What the log calls the integration from now on. */
  void label(String text) {
    label = text;
  }

  @Override
  public void state(SenderState next) {
    SenderState before = state;
    if (next != before) {
      stateSince = System.currentTimeMillis();
      state = next;
      if (next == SenderState.STALLED) {
        tellStall(before == SenderState.CONFIRMING);
      }
    }
  }

  private void tellStall(boolean allWritten) {
    long now = System.nanoTime();
    long told = stallToldAt.get();
    if (now - told >= BETWEEN_STALLS_TOLD && stallToldAt.compareAndSet(told, now)) {
      LOG.warn(
          allWritten
              ? "{}: has not closed its side of the connection yet; what waits is in the log"
              : "{}: takes nothing; what it does not take waits in the log",
          label);
    }
  }

  /** A transport was made, which may find out otherwise. */
  void opened(boolean confirmed) {
    confirmedMode = confirmed;
  }

  @Override
  public void connected(String address) {
    connectedThisAttempt = true;
    if (connections.getAndIncrement() == 0) {
      LOG.info("{}: connected to {}", label, address);
    }
  }

  @Override
  public void sent(int events, long bytes) {
    counters.sent.add(events);
    counters.sentBytes.add(bytes);
  }

  @Override
  public void lost(int events, String why) {
    counters.dropped(why, events);
    counters.confirmed.add(-events); // where they are counted with their window
    lastError = why;
  }

  @Override
  public void unconfirmed(String why) {
    confirmedMode = false;
    LOG.warn(
        "{}: {}; it is not confirmed what it reads, so what was sent last is sent again after a"
            + " break",
        label,
        why);
  }

  @Override
  public void confirms() {
    confirmedMode = true;
    LOG.info("{}: answers a half-close now; what it reads is confirmed", label);
  }

  /** The SIEM has shown that it has something. */
  void confirmed() {
    lastConfirmed = System.currentTimeMillis();
    if (failures.getAndSet(0) > 0) {
      LOG.info(
          "{}: takes events again after {} s",
          label,
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - outageSince));
    }
  }

  /** An attempt failed. Tells of the first one and then at every doubling. */
  void failed(String why) {
    int count = failures.incrementAndGet();
    if (count == 1) {
      outageSince = System.nanoTime();
    }
    lastError = why;
    if (Integer.bitCount(count) == 1) {
      LOG.warn("{}: attempt {} failed: {}; events wait in the log", label, count, why);
    }
    state(SenderState.WAITING);
  }

  /** A new attempt begins. */
  void attempt() {
    connectedThisAttempt = false;
  }

  /** Whether a connection came about since {@link #attempt}. */
  boolean hasConnected() {
    return connectedThisAttempt;
  }

  int failures() {
    return failures.get();
  }

  SenderState state() {
    return state;
  }

  /** A snapshot, with what the lane knows. */
  LaneStatus status(String name, String destination, long atStart, long pending, long bytes) {
    return new LaneStatus(
        name,
        destination,
        state,
        stateSince,
        failures.get(),
        confirmedMode,
        counters.accepted.sum(),
        atStart,
        pending,
        bytes,
        counters.confirmed.sum(),
        counters.filtered.sum(),
        counters.refused.sum(),
        counters.dropped(),
        counters.sent.sum(),
        counters.sentBytes.sum(),
        counters.resent.sum(),
        connections.get(),
        lastError,
        lastConfirmed);
  }
}
