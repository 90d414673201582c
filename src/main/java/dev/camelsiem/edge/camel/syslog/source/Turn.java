package dev.camelsiem.edge.camel.syslog.source;

import java.util.concurrent.atomic.AtomicBoolean;

/** One connection's turns, one after the other. Guarded by the connection where nothing is said. */
final class Turn {
  private int left;
  private volatile boolean usedUp;
  private final AtomicBoolean called = new AtomicBoolean();

  /** It will begin on the thread of the connection, or never when that dies. Thread-safe. */
  void call() {
    called.set(true);
  }

  /** True once for each {@link #call}: then the queue must hear that it is over. Thread-safe. */
  boolean answer() {
    return called.getAndSet(false);
  }

  /**
   * Begins.
   *
   * @param share so many events it may give though others wait
   */
  void begin(int share) {
    left = share;
    usedUp = false;
  }

  /** So many events it may still give though others wait. */
  int left() {
    return left;
  }

  void gave(long events) {
    if (left > 0) {
      left = (int) Math.max(0, left - events);
      usedUp = left == 0;
    }
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
