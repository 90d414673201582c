package dev.camelsiem.letters;

import dev.camelsiem.letters.ReplayTarget.NotNowException;
import dev.camelsiem.supervise.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is asked for in the folder of requests, one request at a time; one that cannot go on
 * makes way for the others and is tried again later. Belongs to one thread.
 */
public final class LetterDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LetterDesk.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  private final LetterStore store;
  private final Requests requests;
  private final ReplayTarget target;
  private final Map<Path, Waiting> waiting = new HashMap<>();

  /** Since when a request waits, and until when. */
  private record Waiting(int failures, long until) {}

  public LetterDesk(LetterStore store, ReplayTarget target) {
    this.store = store;
    this.target = target;
    this.requests = new Requests(store.path());
  }

  /** Looks once at all requests that wait. */
  public void look() throws IOException, InterruptedException {
    var files = requests.waiting();
    waiting.keySet().retainAll(files);
    for (Path file : files) {
      Waiting known = waiting.get(file);
      if (known == null || System.nanoTime() - known.until() > 0) {
        work(file);
      }
    }
  }

  private void work(Path file) throws IOException, InterruptedException {
    Request request;
    try {
      request = Requests.read(file);
    } catch (IllegalArgumentException | com.fasterxml.jackson.core.JacksonException e) {
      LOG.error("{} is no request and is put away: {}", file, e.toString());
      requests.done(file, Outcome.failed("no request: " + e));
      return;
    }
    switch (request.kind()) {
      case PURGE -> {
        Outcome outcome = purge(store, request::wants, request.sums(), request.letters());
        requests.done(file, outcome);
        LOG.info("{} dead letters purged: {}", outcome.events(), store.path());
      }
      case REPLAY -> replay(request);
    }
  }

  /** Removes letters for good, and forgets that they were replayed. */
  static Outcome purge(LetterStore store, Predicate<Letter> gone, boolean sums, long asked)
      throws IOException {
    long removed = store.remove(gone);
    if (sums) {
      store.removeSums();
    }
    forgetReplays(store);
    return new Outcome(true, 0, removed, removed, 0, 0, Map.of(), Math.max(0, asked - removed), "");
  }

  private static void forgetReplays(LetterStore store) throws IOException {
    Ledger ledger = Ledger.load(store.path());
    if (ledger.size() == 0) {
      return;
    }
    LongMap still = new LongMap();
    new LetterFolder(store.path())
        .each(
            letter -> {
              LetterEvents.of(letter)
                  .forEach(
                      event -> {
                        long key = letter.key(event.id());
                        long replay = ledger.replay(key);
                        if (replay > 0) {
                          still.put(key, replay);
                        }
                      });
              return true;
            });
    ledger.keep(still, store.nextNumber());
  }

  private void replay(Request request) throws IOException, InterruptedException {
    long settled = store.settle();
    Outcome state = requests.outcome(request.name());
    long number = state.number() > 0 ? state.number() : store.nextNumber();
    Ledger ledger = Ledger.load(store.path());
    Replay replay =
        new Replay(store, requests, target, request, ledger, number, state.failedAgain());
    requests.progress(request, replay.outcome(false));
    LOG.debug("{} replays letters up to {}", request.name(), settled);
    try {
      Outcome outcome = replay.run();
      waiting.remove(request.file());
      requests.done(request.file(), outcome);
      LOG.info("dead letters replayed: {}", outcome);
    } catch (NotNowException e) {
      Waiting known = waiting.get(request.file());
      int failures = known == null ? 1 : known.failures() + 1;
      waiting.put(
          request.file(), new Waiting(failures, System.nanoTime() + PAUSES.delay(failures)));
      String why = String.valueOf(e.getMessage());
      requests.progress(request, replay.outcome(false).waitingFor(why));
      if (failures == 1) {
        LOG.warn("A replay of dead letters waits and is tried again: {}", why);
      }
    }
  }
}
