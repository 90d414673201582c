package dev.camelsiem.delivery.wire;

import dev.camelsiem.flow.event.EncodedBatch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much goes into a window: small at first, more while confirmations are quick. Used by one
 * thread.
 */
final class WindowSize {
  /** So many may come late before they count after all, at the smallest size. */
  private static final int MOST_LATE = 6;

  /** So many in time in a row make good for those that came late. */
  private static final int FORGIVEN_AFTER = 200;

  /** Or one, when the last late one is so long ago: a SIEM that hangs once a day is not slow. */
  private static final long FORGIVEN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final WireLimits limits;
  private final LongSupplier clock;
  private int bytes;
  private int late;
  private long lateAt;
  private int inTime;

  /** Whether the answer that was looked at last came late. */
  private boolean lateNow;

  /** Whether any answer came. */
  private boolean seen;

  /** Whether an answer took long since windows had room for any batch. */
  private boolean slow;

  /**
   * Whether a batch goes out whole although it should be cut: a peer that breaks some of its
   * connections may never let all windows of one through. Changes with each break.
   */
  private boolean whole;

  /** What the last slow answer took, and for how many bytes. */
  private long slowNanos;

  private long slowBytes;

  /** What this peer takes whatever the window holds: smaller ones would not be quicker. */
  private long delay;

  WindowSize(WireLimits limits) {
    this(limits, System::nanoTime);
  }

  WindowSize(WireLimits limits, LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
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
        || isTooMuch(heldBytes + nextBytes, heldEvents + nextEvents);
  }

  /** Whether so much is more than any window may hold. */
  boolean isTooMuch(long sumBytes, int sumEvents) {
    return sumBytes > limits.maxBytes() || sumEvents > limits.maxEvents();
  }

  /**
   * Where a piece of a batch ends that begins here: batches are cut into windows for a peer that is
   * slow or not known yet.
   */
  int piece(EncodedBatch batch, int from) {
    boolean small = batch.totalBytes() <= bytes && batch.size() <= events();
    boolean cut = (slow || !seen) && !whole && !small;
    if (from == 0 && !cut && !isTooMuch(batch.totalBytes(), batch.size())) {
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
    whole = !lateNow && !whole;
    lateNow = false;
  }

  /** An answer came late, or never although the peer lives. */
  void late() {
    late++;
    lateAt = clock.getAsLong();
    lateNow = true;
    inTime = 0;
    slow = true;
    whole = false;
    delay = 0;
  }

  /**
   * Whether an answer proves anything: a receiver that reads answers soon, while one that ends in
   * good order with unread data looks the same later. A reader so slow that even the smallest
   * windows are answered late is believed after some of them, or it would never get on.
   *
   * @param nanos from before the connection was made to the answer
   */
  boolean proves(long nanos) {
    if (is(nanos, limits.proof())) {
      boolean small = bytes <= limits.floorBytes() && !whole;
      late();
      return late > MOST_LATE && small;
    }
    lateNow = false;
    if (++inTime >= FORGIVEN_AFTER || clock.getAsLong() - lateAt >= FORGIVEN_NANOS) {
      late = 0;
    }
    return true;
  }

  /**
   * The answer of a window came.
   *
   * @param nanos that it took
   * @param written nanoseconds from before the connection was made to its end on our side
   * @param heldBytes of the window
   */
  void answered(long nanos, long written, long heldBytes) {
    seen = true;
    if (nanos < delay / 2) {
      delay = 0;
    }
    if (is(nanos - delay, limits.slow())) {
      boolean helped = heldBytes > slowBytes / 4 * 3 || nanos < slowNanos / 4 * 3;
      delay = helped ? delay : nanos;
      slowNanos = nanos;
      slowBytes = heldBytes;
      slow = true;
      bytes = Math.max(limits.floorBytes(), bytes / 2);
    } else if (!is(nanos - delay, limits.quick())
        && !is(2 * written + nanos, limits.proof())
        && late == 0) {
      bytes = Math.min(limits.maxBytes(), bytes * 2);
    }
    slow &= bytes < limits.maxBytes() / 2;
  }

  private static boolean is(long nanos, Duration longerThan) {
    return nanos > longerThan.toNanos();
  }
}
