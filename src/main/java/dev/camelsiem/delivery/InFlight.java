package dev.camelsiem.delivery;

import dev.camelsiem.delivery.Parcel.Sent;
import java.util.ArrayDeque;

/** What was sent and is not confirmed yet, oldest first; numbers only. Used by one thread. */
final class InFlight {
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private final LaneCounters counters;

  /** Events that went out and are to go out again. */
  private long owed;

  /** How many had gone out when nothing was in flight last. */
  private long sentBefore;

  InFlight(LaneCounters counters) {
    this.counters = counters;
  }

  boolean isEmpty() {
    return sent.isEmpty();
  }

  int size() {
    return sent.size();
  }

  void add(Sent parcel) {
    sent.addLast(parcel);
    long again = Math.min(owed, parcel.events());
    owed -= again;
    counters.resent.add(again);
  }

  /** So many events of a parcel that broke went out. */
  void owe(long events) {
    owed += events;
  }

  /** Adds a parcel without lines to the last one that had some, so that thousands take no room. */
  void addEmpty(Sent empty) {
    Sent last = sent.peekLast();
    if (last != null && last.from() == empty.from()) {
      sent.removeLast();
      sent.addLast(last.plus(empty));
    } else {
      sent.addLast(empty);
    }
  }

  /**
   * Commits and counts everything up to a mark.
   *
   * @return how many of its events the SIEM has
   */
  long commit(long upTo) {
    long confirmed = 0;
    while (!sent.isEmpty() && sent.getFirst().mark() <= upTo) {
      Sent done = sent.removeFirst();
      done.from().commit(done.end());
      counters.confirmed.add(done.events());
      counters.filtered.add(done.filtered());
      counters.refused.add(done.refused());
      counters.damaged(done.damaged());
      counters.forgotten(done.forgotten());
      confirmed += done.events();
    }
    sentBefore = sent.isEmpty() ? counters.sent.sum() : sentBefore;
    return confirmed;
  }

  /** Forgets it all: it will be read and sent again. */
  void giveBack() {
    long events = sent.stream().mapToLong(Sent::events).sum();
    owed += Math.min(events, counters.sent.sum() - sentBefore); // some only waited to be sent
    sent.clear();
    sentBefore = counters.sent.sum();
  }
}
