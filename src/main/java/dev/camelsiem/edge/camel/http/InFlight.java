package dev.camelsiem.edge.camel.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of bodies that are in memory now, over all requests. Thread-safe. */
final class InFlight {
  private final long limit;
  private final AtomicLong bytes = new AtomicLong();

  InFlight(long limit) {
    this.limit = limit;
  }

  /** Takes room, or returns false and takes none; a single request always fits in an empty one. */
  boolean take(long more) {
    long now = bytes.addAndGet(more);
    if (now > limit && now != more) {
      bytes.addAndGet(-more);
      return false;
    }
    return true;
  }

  void giveBack(long less) {
    bytes.addAndGet(-less);
  }
}
