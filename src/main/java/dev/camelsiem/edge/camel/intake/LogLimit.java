package dev.camelsiem.edge.camel.intake;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one line a minute through to the log and counts the others. Thread-safe. */
public final class LogLimit {
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong total = new AtomicLong();
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /** Counts one occurrence; true when it should be logged. */
  public boolean count() {
    total.incrementAndGet();
    long now = System.nanoTime();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + PAUSE);
  }

  /** All occurrences so far, logged or not. */
  public long total() {
    return total.get();
  }
}
