package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.syslog.source.BatchQueue.Reader;
import java.util.function.BooleanSupplier;

/**
 * Lets those who wait for the queue go on, some at a time, and with each that is done the next one:
 * ten thousand at once would keep the network threads and the queue's lock from all others. Guarded
 * by the queue where nothing is said.
 */
final class Turns {
  /** So many go on at a time. */
  private static final int AT_A_TIME = 64;

  private final WaitingReaders readers = new WaitingReaders();
  private final int batchSize;
  private boolean goingOn;

  private volatile boolean anyWait;
  private volatile boolean crowded;
  private volatile int share;

  Turns(int batchSize) {
    this.batchSize = batchSize;
    share = batchSize;
  }

  /** Whether somebody waits. Thread-safe. */
  boolean anyWait() {
    return anyWait;
  }

  /** Whether somebody waits or has a turn. Thread-safe. */
  boolean isCrowded() {
    return crowded;
  }

  /** What each may give at a time, a batch when nobody waits or has a turn. Thread-safe. */
  int share() {
    return share;
  }

  /** How many wait. */
  int waiting() {
    return readers.size();
  }

  /** Whether somebody has a turn. */
  boolean anyUnderWay() {
    return readers.underWay() > 0;
  }

  /**
   * It must wait from now on.
   *
   * @param first before all that have had no turn
   */
  void await(Reader reader, boolean first) {
    if (first) {
      readers.addFirst(reader, reader.hasGiven());
    } else {
      readers.add(reader);
    }
    note();
  }

  void forget(Reader reader) {
    readers.forget(reader);
    note();
  }

  /** As {@link BatchQueue#over}. */
  void over(Reader reader, boolean gave) {
    readers.over(reader, gave);
    note();
  }

  /** While there is room; a turn may be over, and this be called again, before its call is. */
  void goOn(BooleanSupplier isFull) {
    if (goingOn) {
      return;
    }
    goingOn = true;
    try {
      while (!isFull.getAsBoolean() && readers.size() > 0 && readers.underWay() < AT_A_TIME) {
        call(readers.take());
      }
    } finally {
      goingOn = false;
      note();
    }
  }

  /** Who could not be called comes first the next time. */
  private void call(Reader next) {
    boolean called = false;
    try {
      next.resume(Math.min(readers.share(batchSize), BatchQueue.MOST_EVENTS));
      called = true;
    } finally {
      if (!called) {
        readers.over(next, false);
        readers.addFirst(next, false);
      }
    }
  }

  private void note() {
    anyWait = readers.size() > 0;
    crowded = anyWait || readers.underWay() > 0;
    share = crowded ? readers.share(batchSize) : batchSize;
  }
}
