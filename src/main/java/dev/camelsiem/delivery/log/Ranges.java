package dev.camelsiem.delivery.log;

import java.util.Map;
import java.util.TreeMap;

/** Ranges of sequence numbers, each counted once however often it is added. Not thread-safe. */
final class Ranges {
  private static final int MOST = 10_000;

  private final TreeMap<Long, Long> ends = new TreeMap<>();

  /** Adds a range, its end excluded, and returns how many of it are new. */
  long add(long from, long to) {
    if (from >= to) {
      return 0;
    }
    long start = from;
    long end = to;
    long known = 0;
    Map.Entry<Long, Long> each = ends.floorEntry(to);
    while (each != null && each.getValue() >= from) {
      known += Math.max(0, Math.min(each.getValue(), to) - Math.max(each.getKey(), from));
      start = Math.min(start, each.getKey());
      end = Math.max(end, each.getValue());
      ends.remove(each.getKey());
      each = ends.floorEntry(to);
    }
    ends.put(start, end);
    if (ends.size() > MOST) {
      ends.pollFirstEntry();
    }
    return to - from - known;
  }
}
