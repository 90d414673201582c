package dev.camelsiem.letters;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What each origin holds of the quota, and what it has used of its share in the period. Few origins
 * are known by name; those that come later share one of the names of {@link Origins#others}. Not
 * thread-safe.
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
    private long held;
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
    String kind = Origins.others(group);
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

  /** Bytes that stand on disk; negative when they went. */
  void hold(String group, long bytes) {
    Share known = share(group);
    known.held = Math.max(0, known.held + bytes);
  }

  /** True once in a period: when it is time to say that an origin has used up its share. */
  boolean tellOf(String group) {
    Share known = share(group);
    boolean first = !known.told;
    known.told = true;
    return first;
  }

  /**
   * Who holds most, but for some; null when nobody holds anything. All addresses are one holder
   * there beside each file and each topic, since a stranger may have any number of them; the one
   * that has most of theirs is returned.
   */
  @Nullable String largest(Set<String> but) {
    String address = largest(but, true);
    String other = largest(but, false);
    if (address == null || other == null) {
      return address == null ? other : address;
    }
    long ofAddresses = 0;
    for (Map.Entry<String, Share> each : shares.entrySet()) {
      ofAddresses += Origins.isAddress(each.getKey()) ? each.getValue().held : 0;
    }
    return ofAddresses > share(other).held ? address : other;
  }

  private @Nullable String largest(Set<String> but, boolean addresses) {
    String largest = null;
    long most = 0;
    for (Map.Entry<String, Share> each : shares.entrySet()) {
      String name = each.getKey();
      if (each.getValue().held > most
          && Origins.isAddress(name) == addresses
          && !but.contains(name)) {
        most = each.getValue().held;
        largest = name;
      }
    }
    return largest;
  }

  int size() {
    return shares.size();
  }

  private Share share(String group) {
    String name = name(group);
    Share known = shares.get(name);
    if (known == null) {
      known = new Share();
      shares.put(name, known);
      names.merge(Origins.others(name), 1, Integer::sum);
    }
    return known;
  }

  private void nextPeriod() {
    long now = clock.getAsLong();
    if (now - periodBegan < periodNanos) {
      return;
    }
    periodBegan = now;
    Set<String> gone = new HashSet<>();
    shares.forEach(
        (name, known) -> {
          known.used = 0;
          known.told = false;
          if (known.held == 0) {
            gone.add(name);
          }
        });
    for (String name : gone) {
      shares.remove(name);
      names.merge(Origins.others(name), -1, Integer::sum);
    }
  }
}
