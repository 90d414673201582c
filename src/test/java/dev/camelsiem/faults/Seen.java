package dev.camelsiem.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one receiver has seen, in all its lives: which numbers, how often, in which order. Used by
 * one thread.
 */
final class Seen {
  private static final int KEPT_EXAMPLES = 3;

  private int[] times = new int[1 << 14];
  private int distinct;
  private int repeats;
  private int outOfOrder;
  private int highest = -1;
  private long worstLag;
  private int latest;
  private int lagFrom;
  private int torn;
  private final Map<String, Integer> frames = new HashMap<>();
  private final List<String> corrupt = new ArrayList<>();
  private int corrupted;

  /**
   * Takes a line.
   *
   * @param received epoch milliseconds, 0 when the receiver doesn't tell
   */
  void line(String line, long received) {
    Events.Stamp stamp = Events.read(line);
    if (stamp == null) {
      if (looksCut(line)) {
        torn++;
      } else {
        corrupted(line);
      }
      return;
    }
    frames.merge(Events.frame(line), 1, Integer::sum);
    if (received > 0) {
      boolean counts = stamp.number() >= lagFrom && times(stamp.number()) == 0;
      long lag = counts ? received - stamp.millis() : 0;
      if (lag > worstLag) {
        worstLag = lag;
        latest = stamp.number();
      }
    }
    count(stamp.number());
  }

  /** Takes an event as JSON. */
  void json(String event) {
    int user = event.indexOf("\"user\":\"");
    int end = event.indexOf('"', user + 8);
    line(user < 0 ? event : "source=json suser=" + event.substring(user + 8, end) + " ", 0);
  }

  /** A line that a connection's end left without line feed: the sender was stopped within it. */
  void unfinished() {
    torn++;
  }

  private void count(int number) {
    while (number >= times.length) {
      times = java.util.Arrays.copyOf(times, times.length * 2);
    }
    if (times[number]++ > 0) {
      repeats++;
      return;
    }
    distinct++;
    if (number < highest) {
      outOfOrder++;
    }
    highest = Math.max(highest, number);
  }

  /** Whether it is the begin of a line: some receivers write what a connection's end cut off. */
  private boolean looksCut(String line) {
    for (String frame : frames.keySet()) {
      int middle = frame.indexOf('\0');
      String head = frame.substring(0, middle);
      String tail = frame.substring(middle + 1);
      if (head.startsWith(line) || line.startsWith(head) && !line.endsWith(tail)) {
        return true;
      }
    }
    return line.isEmpty();
  }

  private void corrupted(String line) {
    corrupted++;
    if (corrupt.size() < KEPT_EXAMPLES) {
      corrupt.add(line.substring(0, Math.min(300, line.length())));
    }
  }

  int times(int number) {
    return number < times.length ? times[number] : 0;
  }

  int distinct() {
    return distinct;
  }

  int repeats() {
    return repeats;
  }

  /** First sights of a number when a higher one had been seen. */
  int outOfOrder() {
    return outOfOrder;
  }

  int highest() {
    return highest;
  }

  /** Largest time from writing to first receiving, in milliseconds. */
  long worstLag() {
    return worstLag;
  }

  /** Begins to measure the time that events take: the first ones wait for a process to start. */
  void lagFrom(int number) {
    lagFrom = number;
  }

  /** The event that took so long. */
  int latest() {
    return latest;
  }

  int torn() {
    return torn;
  }

  /** Lines that are no event of ours, and events whose other fields are not as in most. */
  int corrupted() {
    return corrupted + oddFrames();
  }

  List<String> corruptExamples() {
    List<String> all = new ArrayList<>(corrupt);
    if (frames.size() > Load.FAMILIES) {
      frames.keySet().stream().limit(KEPT_EXAMPLES).forEach(all::add);
    }
    return all;
  }

  private int oddFrames() {
    return frames.values().stream()
        .sorted(java.util.Comparator.reverseOrder())
        .skip(Load.FAMILIES)
        .mapToInt(Integer::intValue)
        .sum();
  }
}
