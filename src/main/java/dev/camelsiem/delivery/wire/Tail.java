package dev.camelsiem.delivery.wire;

import java.util.ArrayDeque;

/**
 * What was sent last and is not known to have arrived: released when both enough bytes and enough
 * time have passed behind it, or very much time. Holds one entry per batch.
 */
final class Tail {
  private final WireLimits limits;
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private long total;
  private long safe;

  /**
   * @param end bytes that were sent with it and before it
   */
  private record Sent(long mark, long end, long at) {}

  /**
   * @param safe the mark that is safe to forget already
   */
  Tail(WireLimits limits, long safe) {
    this.limits = limits;
    this.safe = safe;
  }

  void add(long mark, long bytes) {
    total += bytes;
    Sent last = sent.peekLast();
    if (bytes == 0 && last != null) {
      sent.removeLast();
      sent.addLast(new Sent(mark, last.end(), last.at()));
    } else if (bytes == 0) {
      safe = mark;
    } else {
      sent.addLast(new Sent(mark, total, System.nanoTime()));
    }
  }

  /** Nothing that was sent counts any more. */
  void broke() {
    sent.clear();
  }

  /** The highest mark that is safe to forget. */
  long release() {
    long now = System.nanoTime();
    Sent first = sent.peekFirst();
    while (first != null && isFarBehind(first, now)) {
      safe = first.mark();
      sent.removeFirst();
      first = sent.peekFirst();
    }
    return safe;
  }

  private boolean isFarBehind(Sent entry, long now) {
    long age = now - entry.at();
    return age >= limits.longestTailAge().toNanos()
        || (total - entry.end() >= limits.tailBytes() && age >= limits.tailAge().toNanos());
  }

  /** The mark that was sent last. */
  long last() {
    Sent last = sent.peekLast();
    return last == null ? safe : last.mark();
  }

  boolean isEmpty() {
    return sent.isEmpty();
  }
}
