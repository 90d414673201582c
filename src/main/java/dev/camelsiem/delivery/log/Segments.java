package dev.camelsiem.delivery.log;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The segments of a log by their first sequence number. Thread-safe. */
final class Segments {
  private final ConcurrentSkipListMap<Long, Segment> byFirst = new ConcurrentSkipListMap<>();

  void add(Segment segment) {
    byFirst.put(segment.first(), segment);
  }

  void remove(Segment segment) {
    byFirst.remove(segment.first(), segment);
  }

  Collection<Segment> all() {
    return byFirst.values();
  }

  int count() {
    return byFirst.size();
  }

  /** The one that holds a number, or else the next one behind it. */
  @Nullable Segment holding(long sequence) {
    Map.Entry<Long, Segment> entry = byFirst.floorEntry(sequence);
    return entry == null ? value(byFirst.firstEntry()) : entry.getValue();
  }

  @Nullable Segment behind(Segment segment) {
    return value(byFirst.higherEntry(segment.first()));
  }

  @Nullable Segment last() {
    return value(byFirst.lastEntry());
  }

  private static @Nullable Segment value(Map.@Nullable Entry<Long, Segment> entry) {
    return entry == null ? null : entry.getValue();
  }

  /** Bytes of all files. */
  long bytes() {
    long sum = 0;
    for (Segment each : byFirst.values()) {
      sum += each.length();
    }
    return sum;
  }

  /** Bytes of the log before a place, counted from the oldest segment at the start. */
  long bytesBefore(Position position) {
    Segment same = byFirst.get(position.segment());
    if (same != null) {
      return same.base() + Math.min(position.offset(), same.length());
    }
    Segment next = value(byFirst.ceilingEntry(position.sequence()));
    if (next != null) {
      return next.base();
    }
    Segment last = last();
    return last == null ? 0 : last.base() + last.length();
  }
}
