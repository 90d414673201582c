package dev.camelsiem.delivery.wire;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which events a receiver refuses each time it gets them: one that it never takes would hold up all
 * behind it for ever. Used by one thread.
 */
final class Refusals {
  private static final int MOST = 3;

  private final long nanos;
  private final Map<Long, Refusal> known = new HashMap<>();

  /** How often an event was refused, and since when. */
  private record Refusal(int times, long since) {}

  /**
   * @param least for so long an event must have been refused before it is given up
   */
  Refusals(Duration least) {
    nanos = least.toNanos();
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
   * @param whole whether nothing else was in the window: then the receiver may only be out of order
   * @return whether they are refused for good; they are forgotten then
   */
  boolean areForGood(Collection<Long> all, boolean whole) {
    Set<Long> refused = new HashSet<>(all);
    known.keySet().retainAll(refused);
    long now = System.nanoTime();
    boolean forGood = !whole;
    for (Long event : refused) {
      Refusal before = known.getOrDefault(event, new Refusal(0, now));
      known.put(event, new Refusal(before.times() + 1, before.since()));
      forGood &= before.times() + 1 >= MOST && now - before.since() >= nanos;
    }
    if (forGood) {
      known.clear();
    }
    return forGood;
  }
}
