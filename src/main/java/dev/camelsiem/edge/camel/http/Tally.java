package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.http.HttpAnswer.Counts;
import dev.camelsiem.edge.camel.http.HttpAnswer.Listed;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what became of the events of one request, and lists the bad ones. For one thread. */
final class Tally {
  private final List<Listed> listed = new ArrayList<>();
  private long accepted;
  private long rejected;
  private long waiting;

  /** Begins with what the splitter found. */
  Tally(EventSplitter split) {
    waiting = split.goodCount();
    rejected = split.rejectedCount();
    for (Rejected stretch : split.rejected()) {
      list(stretch);
    }
  }

  /** Each of its events, where it is known which they are. */
  private void list(Rejected stretch) {
    String reason = stretch.problem().reason().code();
    String detail = stretch.problem().detail();
    int named = stretch.isGapless() ? Math.min(stretch.count(), HttpAnswer.MAX_LISTED) : 1;
    for (int i = 0; i < named && listed.size() < HttpAnswer.MAX_LISTED; i++) {
      listed.add(new Listed(stretch.position + i, reason, detail));
      detail = stretch.problem().what(); // the column is the first one's
    }
  }

  /**
   * A batch was taken, without those that steps have stopped.
   *
   * @param letters the stops; several may be of one event, and one of several
   */
  void taken(List<RawEvent> batch, List<DeadLetter> letters) {
    int stopped = stopped(batch, letters);
    waiting -= batch.size();
    rejected += stopped;
    accepted += batch.size() - stopped;
  }

  private int stopped(List<RawEvent> batch, List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      return 0;
    }
    Map<EventId, Integer> open = new HashMap<>(); // how many elements of each are not stopped yet
    batch.forEach(event -> open.put(place(event), elements(event)));
    int stopped = 0;
    for (DeadLetter letter : letters) {
      if (!letter.integrations().isEmpty()) {
        continue; // the others took it
      }
      EventId place = place(letter.event());
      Integer left = open.get(place);
      if (left == null || left > 0) {
        int now = left == null ? letter.count() : stop(open, place, left, letter.count());
        stopped += now;
        if (now > 0) {
          list(letter);
        }
      }
    }
    return Math.min(stopped, batch.size());
  }

  /** An event is stopped when all of its elements are; a letter of more than those is of others. */
  private static int stop(Map<EventId, Integer> open, EventId place, int left, int count) {
    open.put(place, Math.max(0, left - count));
    return left > count ? 0 : 1 + count - left;
  }

  private void list(DeadLetter letter) {
    if (listed.size() < 2 * HttpAnswer.MAX_LISTED) {
      listed.add(new Listed(letter.event().position(), letter.reason().code(), letter.detail()));
    }
  }

  /** Without its element: a step may have taken an event apart. */
  private static EventId place(RawEvent event) {
    EventId id = event.id();
    return new EventId(id.source(), id.offset(), 0);
  }

  /** Of an array those that it has, else 1. */
  private static int elements(RawEvent event) {
    byte[] bytes = event.array();
    int to = event.to();
    if (event.length() == 0 || bytes[event.from()] != '[') {
      return 1;
    }
    int count = 0;
    int at = JsonValues.skipBlanks(bytes, event.from() + 1, to);
    while (at >= 0 && at < to && bytes[at] != ']') {
      count++;
      int end = JsonValues.end(bytes, at, to);
      at = end < 0 ? to : JsonValues.skipBlanks(bytes, end, to);
      at = at < to && bytes[at] == ',' ? JsonValues.skipBlanks(bytes, at + 1, to) : at;
    }
    return Math.max(1, count);
  }

  boolean nothingWasTaken() {
    return accepted == 0;
  }

  /** So far. */
  Counts counts() {
    return new Counts(accepted, rejected, waiting);
  }

  /** At most as many bad events as an answer lists, by their lines. */
  List<Listed> listed() {
    listed.sort(Comparator.comparingLong(Listed::line));
    return listed.subList(0, Math.min(listed.size(), HttpAnswer.MAX_LISTED));
  }
}
