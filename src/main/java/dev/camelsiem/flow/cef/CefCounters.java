package dev.camelsiem.flow.cef;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** What the encoders of one configuration have counted since they were made. Thread-safe. */
public final class CefCounters {
  private final LongAdder encoded = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder shortened = new LongAdder();
  private final LongAdder timesReplaced = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final AtomicBoolean toldRepeated = new AtomicBoolean();
  private final Map<String, LongAdder> droppedKeys = new LinkedHashMap<>();

  CefCounters(Collection<String> keys) {
    keys.forEach(key -> droppedKeys.put(key, new LongAdder()));
  }

  LongAdder droppedKey(String key) {
    return droppedKeys.getOrDefault(key, refused);
  }

  /** Counts the lines of a batch, or of what there is of it when it ends early. */
  void countEncoded(int events) {
    encoded.add(events);
  }

  void countRefused() {
    refused.increment();
  }

  void countShortened() {
    shortened.increment();
  }

  void countTimeReplaced() {
    timesReplaced.increment();
  }

  /** Counts an event with a field twice; true when it is the first one. */
  boolean countRepeated() {
    repeated.increment();
    return toldRepeated.compareAndSet(false, true);
  }

  /** Events that had a field of the mapping twice, the last of which counts. */
  public long repeated() {
    return repeated.sum();
  }

  /** Events that became lines of the batches of a {@link BatchEncoder}. */
  public long encoded() {
    return encoded.sum();
  }

  /** Events that could not become lines. */
  public long refused() {
    return refused.sum();
  }

  /** Lines that were over the size limit and had values cut. */
  public long shortened() {
    return shortened.sum();
  }

  /** Events whose time could not be read, so that the time of arrival was sent. */
  public long timesReplaced() {
    return timesReplaced.sum();
  }

  /** Keys left out because their value was unsendable (a port of 70000), with how often. */
  public Map<String, Long> droppedKeys() {
    Map<String, Long> counts = new LinkedHashMap<>();
    droppedKeys.forEach(
        (key, count) -> {
          if (count.sum() > 0) {
            counts.put(key, count.sum());
          }
        });
    return counts;
  }

  /** What was out of the ordinary, for people; empty when nothing was. */
  public String oddities() {
    List<String> parts = new ArrayList<>();
    add(parts, refused(), "refused");
    add(parts, shortened(), "shortened");
    add(parts, timesReplaced(), "with the time of arrival for a time that cannot be sent");
    add(parts, repeated(), "with a field twice");
    droppedKeys().forEach((key, count) -> add(parts, count, "without `" + key + "`, unsendable"));
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
