package dev.camelsiem.delivery;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What becomes of the events of a lane. Each event that the log took is counted once, when its fate
 * is known: accepted + pending at the start = confirmed + filtered + refused + dropped + pending.
 * Thread-safe.
 */
final class LaneCounters {
  /** More causes than this share one name: they come from outside. */
  private static final int MOST_CAUSES = 20;

  /** Of events whose encoding the lane has forgotten, and that were not written for it. */
  static final String FORGOTTEN = "in no encoding that is known";

  final LongAdder accepted = new LongAdder();
  final LongAdder confirmed = new LongAdder();
  final LongAdder filtered = new LongAdder();

  /** Of which the lane's encoding has no line: they are dead letters. */
  final LongAdder refused = new LongAdder();

  /** Events written, those that were sent again included. */
  final LongAdder sent = new LongAdder();

  final LongAdder sentBytes = new LongAdder();
  final LongAdder resent = new LongAdder();
  private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();

  /**
   * Counts events that will not be delivered, or were lost on the way.
   *
   * @return how many there are of this cause by now
   */
  long dropped(String cause, long events) {
    boolean known = dropped.containsKey(cause) || dropped.size() < MOST_CAUSES;
    LongAdder sum = dropped.computeIfAbsent(known ? cause : "other", key -> new LongAdder());
    sum.add(events);
    return sum.sum();
  }

  /** Counts events that the log could not give back. */
  void damaged(long events) {
    if (events > 0) {
      long unused = dropped("damaged", events);
    }
  }

  /** Counts events that stand in the log in no encoding that the lane knows. */
  void forgotten(long events) {
    if (events > 0) {
      long unused = dropped(FORGOTTEN, events);
    }
  }

  Map<String, Long> dropped() {
    Map<String, Long> sums = new TreeMap<>();
    dropped.forEach((cause, sum) -> sums.put(cause, sum.sum()));
    return sums;
  }
}
