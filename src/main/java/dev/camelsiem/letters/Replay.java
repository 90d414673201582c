package dev.camelsiem.letters;

import dev.camelsiem.durable.CrashPoint;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.letters.ReplayTarget.NoWayException;
import dev.camelsiem.letters.ReplayTarget.NotNowException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One replay: the events of the letters that are asked for, the oldest first, in batches. An event
 * that the ledger knows a later replay of than its letter is left alone, so that the same replay
 * again, one that was broken off, or two at once send nothing twice.
 */
final class Replay {
  static final int MOST_EVENTS = 500;
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_REASONS = 100;

  private final LetterStore store;
  private final Requests requests;
  private final ReplayTarget target;
  private final Request request;
  private final Ledger ledger;
  private final long number;
  private final long againAtStart;
  private final long againBefore;

  private final Map<Long, RawEvent> batch = new LinkedHashMap<>();
  private final Map<EventId, Retries.Before> retried = new LinkedHashMap<>();
  private final Map<String, Long> refused = new TreeMap<>();
  private @Nullable String route;
  private List<String> integrations = List.of();
  private int batchBytes;
  private long letters;
  private long events;
  private long before;

  /**
   * @param number of this replay: higher than those of all letters that it is to replay
   */
  Replay(
      LetterStore store,
      Requests requests,
      ReplayTarget target,
      Request request,
      Ledger ledger,
      long number,
      long againBefore) {
    this.store = store;
    this.requests = requests;
    this.target = target;
    this.request = request;
    this.ledger = ledger;
    this.number = number;
    this.againBefore = againBefore;
    this.againAtStart = store.retries().again();
  }

  /** Replays what is left to replay. */
  RequestOutcome run() throws IOException, NotNowException, InterruptedException {
    List<Exception> failure = new ArrayList<>();
    LetterFolder folder = new LetterFolder(store.path());
    folder.each(
        letter -> {
          try {
            if (request.wants(letter) && letter.number() < number) {
              letters++;
              add(letter);
            }
          } catch (NotNowException | InterruptedException e) {
            failure.add(e);
          }
          return failure.isEmpty();
        });
    for (Exception each : failure) {
      if (each instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw (NotNowException) each;
    }
    send();
    if (folder.unreadable() > 0 && letters < request.letters()) {
      folder
          .problems()
          .forEach(why -> refused.put(why, 1L)); // some that were asked for may be there
    }
    return outcome(true);
  }

  /** How far it has come. */
  RequestOutcome outcome(boolean isDone) {
    return new RequestOutcome(
        isDone,
        number,
        letters,
        events,
        before,
        againBefore + store.retries().again() - againAtStart,
        refused,
        isDone ? Math.max(0, request.letters() - letters) : 0,
        "");
  }

  private void add(Letter letter) throws IOException, NotNowException, InterruptedException {
    String why = LetterEvents.refusal(letter);
    String way = null;
    if (why.isEmpty()) {
      try {
        way = target.route(letter, request.route());
      } catch (NoWayException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    if (way == null) {
      boolean isMore = refused.size() >= MOST_REASONS && !refused.containsKey(why);
      refused.merge(isMore ? "other reasons" : why, 1L, Long::sum);
      return;
    }
    if (!Objects.equals(way, route) || !integrations.equals(letter.integrations())) {
      send();
      route = way;
      integrations = letter.integrations();
    }
    for (RawEvent event : LetterEvents.of(letter)) {
      add(letter, event);
    }
  }

  private void add(Letter letter, RawEvent event)
      throws IOException, NotNowException, InterruptedException {
    long key = letter.key(event.id());
    long replay = ledger.replay(key);
    if (replay == number) {
      events++; // before it was broken off, or in another letter of the same event
    } else if (replay > letter.number() && !request.again()) {
      before++;
    } else {
      if (batch.put(key, event) == null) {
        batchBytes += event.length();
      }
      retried.put(event.id(), new Retries.Before(letter.firstTime(), letter.attempts()));
    }
    if (batch.size() >= MOST_EVENTS || batchBytes >= MOST_BYTES) {
      send();
    }
  }

  private void send() throws IOException, NotNowException, InterruptedException {
    String way = route;
    if (batch.isEmpty() || way == null) {
      return;
    }
    if (ledger.isFull()) {
      throw new NotNowException(
          "the ledger knows "
              + ledger.size()
              + " replayed events of letters that are there, and takes no more: "
              + "`siem dlq purge --state replayed`");
    }
    store.retries().begin(retried);
    try {
      target.deliver(way, integrations, List.copyOf(batch.values()));
    } finally {
      store.retries().end(retried);
    }
    CrashPoint.reached("before-ledger");
    store.checkOpen(); // else the ledger is somebody else's
    ledger.add(batch.keySet(), number);
    events += batch.size();
    batch.clear();
    retried.clear();
    batchBytes = 0;
    requests.progress(request, outcome(false));
  }
}
