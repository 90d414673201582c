package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Events in the order of their arrival, and what they really hold: an event of ten bytes keeps the
 * whole array that it came in. Not thread-safe.
 */
final class WaitingEvents {
  /** About what an event takes beside its bytes, with the sender's name. */
  static final int EVENT_OVERHEAD = 128;

  /** What one read gave. */
  private static final class Read {
    final List<RawEvent> events;
    final long nanos;
    final long held;
    int taken;

    Read(List<RawEvent> events, long nanos) {
      this.events = events;
      this.nanos = nanos;
      this.held = held(events);
    }
  }

  private final Deque<Read> reads = new ArrayDeque<>();
  private int size;
  private long bytes;
  private long held;

  /** Takes a list of at least one event, which belongs to this from now on. */
  void add(List<RawEvent> events, long nanos) {
    Read read = new Read(events, nanos);
    reads.add(read);
    size += events.size();
    held += read.held;
    for (int i = 0; i < events.size(); i++) {
      bytes += events.get(i).length();
    }
  }

  /** The oldest ones, until there are so many or so many bytes of them are reached. */
  List<RawEvent> take(int most, long mostBytes) {
    List<RawEvent> batch = new ArrayList<>(Math.min(most, size));
    long taken = 0;
    while (batch.size() < most && taken < mostBytes && size > 0) {
      Read read = reads.element();
      RawEvent event = read.events.get(read.taken++);
      taken += event.length();
      batch.add(event);
      size--;
      if (read.taken == read.events.size()) {
        held -= read.held;
        reads.remove();
      }
    }
    bytes -= taken;
    return batch;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Of the events themselves. */
  long bytes() {
    return bytes;
  }

  /** Of all that could be freed if they were gone. */
  long heldBytes() {
    return held;
  }

  /** When the oldest came; only when there is one. */
  long oldestNanos() {
    return reads.element().nanos;
  }

  /** What a list of events holds; neighbours of one read share their array. */
  static long held(List<RawEvent> events) {
    long sum = (long) events.size() * EVENT_OVERHEAD;
    byte[] before = null;
    for (int i = 0; i < events.size(); i++) {
      byte[] array = events.get(i).array();
      sum += array == before ? 0 : array.length;
      before = array;
    }
    return sum;
  }
}
