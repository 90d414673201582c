package dev.camelsiem.delivery.wire;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which events a receiver refuses each time it gets them: one that it never takes would hold up all
 * behind it for ever. Used by one thread.
 */
final class Refusals {
  private static final int MOST = 3;

  /** So long a receiver that has refused something for good is known for it. */
  private static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** Then a few events need this long only. */
  private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final long nanos;
  private final LongSupplier clock;
  private boolean refuses;
  private long refusedAt;
  private final Map<Long, Refusal> known = new HashMap<>();

  /** How often an event was refused, and since when. */
  private record Refusal(int times, long since) {}

  /**
   * @param least for so long an event must have been refused before it is given up; a few seconds
   *     do where others were given up not long ago and this is one of few in its window, or each of
   *     them would hold up all others for so long
   */
  Refusals(Duration least) {
    this(least, System::nanoTime);
  }

  Refusals(Duration least, LongSupplier clock) {
    this.nanos = least.toNanos();
    this.clock = clock;
  }

  /** A window was taken whole. */
  void forget() {
    known.clear();
  }

  /**
   * Some of a window were refused.
   *
   * @param all events of the window, by a number that is the same when they come again, and for
   *     equal ones
   * @param window events of the window; if all were refused, the receiver may only be out of order
   * @return whether they are refused for good; they are forgotten then
   */
  boolean areForGood(Collection<Long> all, int window) {
    Set<Long> refused = new HashSet<>(all);
    known.keySet().retainAll(refused);
    long now = clock.getAsLong();
    boolean few = all.size() == 1 || all.size() <= window / 100;
    boolean lately = refuses && now - refusedAt < KNOWN_NANOS;
    long least = few && lately ? Math.min(nanos, SHORT_NANOS) : nanos;
    boolean forGood = all.size() < window;
    for (Long event : refused) {
      Refusal before = known.getOrDefault(event, new Refusal(0, now));
      known.put(event, new Refusal(before.times() + 1, before.since()));
      forGood &= before.times() + 1 >= MOST && now - before.since() >= least;
    }
    if (forGood) {
      known.clear();
      refuses = true;
      refusedAt = now;
    }
    return forGood;
  }
}
