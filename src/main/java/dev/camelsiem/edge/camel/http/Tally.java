package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.http.HttpAnswer.Counts;
import dev.camelsiem.edge.camel.http.HttpAnswer.Listed;
import dev.camelsiem.flow.cef.EventSplitter;
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
  Tally(Findings split) {
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
    Map<EventId, Open> open = new HashMap<>();
    batch.forEach(event -> open.put(place(event), new Open(event)));
    int stopped = 0;
    for (DeadLetter letter : letters) {
      if (!letter.integrations().isEmpty()) {
        continue; // the others took it
      }
      Open event = open.get(place(letter.event()));
      int now = event == null ? letter.count() : event.stop(letter);
      stopped += now;
      if (now > 0) {
        list(letter);
      }
    }
    return Math.min(stopped, batch.size());
  }

  /** An event of the batch that may be stopped, as a whole or one element of it after the other. */
  private static final class Open {
    private final RawEvent event;
    private int left;

    Open(RawEvent event) {
      this.event = event;
      this.left = elements(event);
    }

    /** How many events the letter stops: one when it leaves nothing of this one, and others. */
    int stop(DeadLetter letter) {
      if (left == 0) {
        return 0;
      }
      boolean inPart = !letter.parts().isEmpty() || isInside(letter.event());
      int before = left;
      left = inPart ? Math.max(0, left - letter.count()) : 0;
      if (left > 0) {
        return 0;
      }
      if (inPart) {
        return 1 + Math.max(0, letter.count() - before);
      }
      return isWhole(letter.event()) ? 1 : letter.count();
    }

    /** Only an array is taken apart; whatever a step made of the event stands for all of it. */
    private boolean isInside(RawEvent part) {
      return part.array() == event.array() && part.from() > event.from() && part.to() <= event.to();
    }

    private boolean isWhole(RawEvent part) {
      return part.array() == event.array()
          && part.from() == event.from()
          && part.to() == event.to();
    }
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
    int[] count = {0};
    EventSplitter.elements(event, element -> count[0]++);
    return Math.max(1, count[0]);
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
