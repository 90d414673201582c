package dev.camelsiem.letters;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What each origin has used of its share in the period. Few origins are known by name; those that
 * come later share one of the names of {@link OriginGroups#others}. Not thread-safe.
 */
final class Shares {
  /** Of each kind: addresses, topics, files. */
  static final int MOST_NAMES = 256;

  private final long share;
  private final long periodNanos;
  private final LongSupplier clock;
  private final Map<String, Share> shares = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private long periodBegan;

  private static final class Share {
    private long used;
    private boolean told;
  }

  /**
   * @param share bytes in a period
   * @param clock nanoseconds that only go up
   */
  Shares(long share, long periodNanos, LongSupplier clock) {
    this.share = share;
    this.periodNanos = periodNanos;
    this.clock = clock;
    this.periodBegan = clock.getAsLong();
  }

  /** What a group is counted as. */
  String name(String group) {
    if (shares.containsKey(group)) {
      return group;
    }
    String kind = OriginGroups.others(group);
    return names.getOrDefault(kind, 0) < MOST_NAMES ? group : kind;
  }

  /** Whether an origin may have so many bytes more, which count as used then. */
  boolean admit(String group, long bytes) {
    nextPeriod();
    Share known = share(group);
    if (known.used + bytes > share) {
      return false;
    }
    known.used += bytes;
    return true;
  }

  /** What was admitted was not written. */
  void giveBack(String group, long bytes) {
    Share known = share(group);
    known.used = Math.max(0, known.used - bytes);
  }

  /** True once in a period: when it is time to say that an origin has used up its share. */
  boolean tellOf(String group) {
    Share known = share(group);
    boolean first = !known.told;
    known.told = true;
    return first;
  }

  private Share share(String group) {
    String name = name(group);
    Share known = shares.get(name);
    if (known == null) {
      known = new Share();
      shares.put(name, known);
      names.merge(OriginGroups.others(name), 1, Integer::sum);
    }
    return known;
  }

  private void nextPeriod() {
    long now = clock.getAsLong();
    if (now - periodBegan >= periodNanos) {
      periodBegan = now;
      shares.clear();
      names.clear();
    }
  }
}
