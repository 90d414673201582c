package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.event.StopReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counters that outlive the replacement of rule sets: each event is counted once as normalized or
 * under the reason for which it stopped. Thread-safe.
 */
public final class NormalizerStats {
  /** More pairs of ambiguous rules than this are not remembered by name. */
  private static final int MOST_PAIRS = 1000;

  private final LongAdder describedByDefault = new LongAdder();
  private final LongAdder ambiguous = new LongAdder();
  private final AtomicLong defects = new AtomicLong();
  private final Map<StopReason, LongAdder> stopped = new EnumMap<>(StopReason.class);
  private final ConcurrentMap<String, RuleCounters> rules = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> pairs = new ConcurrentHashMap<>();
  private final Set<WorkerCounts> workers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger restricted = new AtomicInteger();

  NormalizerStats() {
    for (StopReason reason : StopReason.values()) {
      stopped.put(reason, new LongAdder());
    }
  }

  RuleCounters rule(String id) {
    return rules.computeIfAbsent(id, key -> new RuleCounters(restricted));
  }

  /** True when some rule is restricted; hardly ever. */
  boolean isAnyRestricted() {
    return restricted.get() > 0;
  }

  /**
   * The counts of a worker for another set of rules.
   *
   * @param before those that it has used so far, which are not used any more
   */
  WorkerCounts counts(RuleCounters[] counters, @Nullable WorkerCounts before) {
    if (before != null) {
      before.collect();
      workers.remove(before);
    }
    WorkerCounts counts = new WorkerCounts(counters);
    workers.add(counts);
    return counts;
  }

  private void collect() {
    workers.forEach(WorkerCounts::collect);
  }

  /** Counts an event on which the engine itself failed; how many there have been. */
  long countDefect() {
    return defects.incrementAndGet();
  }

  /** Events on which the engine itself failed, rules aside. */
  public long defects() {
    return defects.get();
  }

  /** Counts a stop; what is normalized is counted by its rule alone. */
  void count(Outcome outcome) {
    StopReason stop = outcome.stop();
    if (stop != null) {
      stops(stop).increment();
    }
  }

  private LongAdder stops(StopReason reason) {
    return Objects.requireNonNull(stopped.get(reason)); // every reason has its counter
  }

  /** Counts that two rules match one event; true when nobody has heard of this pair before. */
  boolean countAmbiguous(String first, String second) {
    ambiguous.increment();
    String pair = first + " and " + second;
    LongAdder count = pairs.get(pair);
    if (count == null) {
      if (pairs.size() >= MOST_PAIRS) {
        return false;
      }
      LongAdder added = new LongAdder();
      count = pairs.putIfAbsent(pair, added);
      if (count == null) {
        added.increment();
        return true;
      }
    }
    count.increment();
    return false;
  }

  /** Events that were normalized. */
  public long normalized() {
    collect();
    return rules.values().stream().mapToLong(RuleCounters::normalized).sum();
  }

  void countDescribedByDefault() {
    describedByDefault.increment();
  }

  /**
   * Normalized events that have the default sentence in a language, since no criteria of their rule
   * hold for them or it has no text there.
   */
  public long describedByDefault() {
    return describedByDefault.sum();
  }

  /** Events that stopped for a reason. */
  public long stopped(StopReason reason) {
    return stops(reason).sum();
  }

  /** Events of the sample that more than one rule matches. */
  public long ambiguous() {
    return ambiguous.sum();
  }

  /** How often which two rules matched one event of the sample: {@code a and b}. */
  public Map<String, Long> ambiguousPairs() {
    Map<String, Long> sums = new TreeMap<>();
    pairs.forEach((pair, count) -> sums.put(pair, count.sum()));
    return sums;
  }

  /** The counters of every rule that ever was in the set, by id, as they are now. */
  public Map<String, RuleCounters> rules() {
    collect();
    return Collections.unmodifiableMap(new TreeMap<>(rules));
  }
}
