package dev.camelsiem.edge.camel.syslog.source;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** One connection's turns, one after the other. Guarded by the connection where nothing is said. */
final class Turn {
  /** What was not used up by then is gone: a silent connection must not keep it for bad times. */
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private int left;
  private boolean hasGiven;
  private long begunAt;
  private boolean waits;
  private long waitsSince;
  private volatile boolean usedUp;
  private final AtomicBoolean called = new AtomicBoolean();

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Turn(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** It will begin on the thread of the connection, or never when that dies. Thread-safe. */
  void call() {
    called.set(true);
  }

  /** True once for each {@link #call}: then the queue must hear that it is over. Thread-safe. */
  boolean answer() {
    return called.getAndSet(false);
  }

  /**
   * Begins, or goes on when it was not used up for want of room.
   *
   * @param share so many events it may give though others wait
   */
  void begin(int share) {
    long now = nanoTime.getAsLong();
    int rest = left();
    if (rest > 0) {
      left = Math.min(rest, share);
      begunAt += waits ? now - waitsSince : 0;
    } else {
      left = share;
      begunAt = now;
    }
    waits = false;
    usedUp = false;
    hasGiven = false;
  }

  /** It must wait in its midst: that time is not its own. */
  void await() {
    waits = true;
    waitsSince = nanoTime.getAsLong();
  }

  /** So many events it may still give though others wait. */
  int left() {
    if (left > 0 && (waits ? waitsSince : nanoTime.getAsLong()) - begunAt > LONGEST) {
      left = 0;
    }
    return left;
  }

  void gave(long events) {
    if (left > 0) {
      left = (int) Math.max(0, left - events);
      usedUp = left == 0;
      hasGiven |= events > 0;
    }
  }

  /** Whether it has given anything since it began or went on. */
  boolean hasGiven() {
    return hasGiven;
  }

  /** What is left is gone. */
  void end() {
    left = 0;
  }

  /** Whether all was given that might be in the last one. Thread-safe. */
  boolean usedUp() {
    return usedUp;
  }
}
