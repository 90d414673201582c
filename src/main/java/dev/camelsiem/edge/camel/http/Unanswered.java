package dev.camelsiem.edge.camel.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts whole requests whose answer has not gone out yet. Thread-safe. */
final class Unanswered {
  private int count;

  synchronized void add() {
    count++;
  }

  synchronized void remove() {
    count--;
    notifyAll();
  }

  /** Waits until there is none; false when there still is one. */
  synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (count > 0 && end - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
    return count == 0;
  }
}
