package dev.camelsiem.delivery.wire;

import dev.camelsiem.flow.event.EncodedBatch;
import java.time.Duration;

/** How much goes into a window: small at first, more while confirmations are quick. */
final class WindowSize {
  /** So many may come late before they count after all, at the smallest size. */
  private static final int MOST_LATE = 6;

  /** So many in time in a row make good for those that came late. */
  private static final int FORGIVEN_AFTER = 200;

  private final WireLimits limits;
  private int bytes;
  private int late;
  private int inTime;

  WindowSize(WireLimits limits) {
    this.limits = limits;
    this.bytes = limits.startBytes();
  }

  int bytes() {
    return bytes;
  }

  int events() {
    long scaled = (long) bytes * limits.startEvents() / limits.startBytes();
    return (int) Math.max(1, Math.min(limits.maxEvents(), scaled));
  }

  /** Whether a window that holds so much should end before more of the same size is added. */
  boolean isFull(long heldBytes, int heldEvents, long nextBytes, int nextEvents) {
    return heldBytes >= bytes
        || heldEvents >= events()
        || heldBytes + nextBytes > limits.maxBytes()
        || heldEvents + nextEvents > limits.maxEvents();
  }

  /** Where a piece of a batch ends that begins here and is not larger than a window. */
  int piece(EncodedBatch batch, int from) {
    if (from == 0 && batch.totalBytes() <= bytes && batch.size() <= events()) {
      return batch.size();
    }
    int most = Math.min(batch.size(), from + events());
    int to = from;
    long sum = 0;
    while (to < most && sum < bytes) {
      sum += batch.end(to) - batch.start(to);
      to++;
    }
    return to;
  }

  /** A window was not confirmed. */
  void refused() {
    bytes = Math.max(limits.floorBytes(), bytes / 4);
  }

  /**
   * Whether an answer that took so long proves anything: a receiver that reads answers soon, while
   * one that ends in good order with unread data looks the same later. A reader so slow that even
   * the smallest windows are answered late is believed after some of them, or it would never get
   * on.
   */
  boolean proves(long nanos) {
    if (is(nanos, limits.proof())) {
      inTime = 0;
      late++;
      return late > MOST_LATE && bytes <= limits.floorBytes();
    }
    if (++inTime >= FORGIVEN_AFTER) {
      late = 0;
    }
    return true;
  }

  /** A window's answer came, after so many nanoseconds. */
  void answered(long nanos) {
    if (is(nanos, limits.slow())) {
      bytes = Math.max(limits.floorBytes(), bytes / 2);
    } else if (!is(nanos, limits.quick()) && late == 0) {
      bytes = Math.min(limits.maxBytes(), bytes * 2);
    }
  }

  private static boolean is(long nanos, Duration longerThan) {
    return nanos > longerThan.toNanos();
  }
}
