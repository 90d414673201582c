package dev.camelsiem.flow.normalize;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The small part of a thread's time that may go into what is good to have and slow, whatever number
 * of events ask for it. Some of it can be saved up, and what took longer than there was is made up
 * for. Not thread-safe.
 */
final class TimeShare {
  /** One part in so many. */
  static final int PART = 50;

  /** Saved up at most, and there at the start. */
  static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final LongSupplier clock;
  private long since;

  /** Nanoseconds of all time of which a part has not been used. */
  private long unused = MOST_NANOS * PART;

  /**
   * @param clock never goes back, in nanoseconds
   */
  TimeShare(LongSupplier clock) {
    this.clock = clock;
    this.since = clock.getAsLong();
  }

  /** Begins to use it, unless all of it is used up. */
  boolean begin() {
    long now = clock.getAsLong();
    unused = Math.min(MOST_NANOS * PART, unused + now - since);
    since = now;
    return unused > 0;
  }

  /** Ends what has begun. */
  void end() {
    long now = clock.getAsLong();
    unused -= (now - since) * PART;
    since = now;
  }
}
