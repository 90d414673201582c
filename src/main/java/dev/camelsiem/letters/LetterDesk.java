package dev.camelsiem.letters;

import com.fasterxml.jackson.core.JacksonException;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.letters.ReplayTarget.NotNowException;
import dev.camelsiem.supervise.Backoff;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is asked for in the folder of requests, one request at a time; one that cannot go on
 * makes way for the others and is tried again later. Belongs to one thread.
 */
public final class LetterDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LetterDesk.class);

  /** A replay that waits for room in the ledger looks for some at every so many attempts. */
  private static final int COMPACT_EVERY = 32;

  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

  private final LetterStore store;
  private final Requests requests;
  private final ReplayTarget target;
  private final int mostReplayed;
  private final Map<Path, Waiting> waiting = new HashMap<>();

  /** As it is on disk; kept while requests wait. */
  private @Nullable Ledger ledger;

  /** Since when a request waits, and until when. */
  private record Waiting(int failures, long until) {}

  public LetterDesk(LetterStore store, ReplayTarget target) {
    this(store, target, Ledger.MOST);
  }

  /**
   * The same.
   *
   * @param mostReplayed events that the ledger takes
   */
  LetterDesk(LetterStore store, ReplayTarget target, int mostReplayed) {
    this.store = store;
    this.mostReplayed = mostReplayed;
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
        lookAt(file);
      }
    }
    if (waiting.isEmpty()) {
      ledger = null; // it may be large
    }
  }

  /** One that cannot be read or worked at does not keep those behind it waiting. */
  private void lookAt(Path file) throws InterruptedException {
    try {
      work(file);
      waiting.remove(file);
    } catch (NotNowException e) {
      if (waits(file) == 1) {
        LOG.warn("A replay of dead letters waits and is tried again: {}", e.getMessage());
      }
    } catch (IOException | RuntimeException e) {
      ledger = null;
      if (waits(file) == 1) {
        LOG.error("{} failed and is tried again", file, e);
      }
    }
  }

  /** How often it has failed. */
  private int waits(Path file) {
    int failures = failures(file) + 1;
    waiting.put(file, new Waiting(failures, System.nanoTime() + PAUSES.delay(failures)));
    return failures;
  }

  private int failures(Path file) {
    Waiting known = waiting.get(file);
    return known == null ? 0 : known.failures();
  }

  private void work(Path file) throws IOException, NotNowException, InterruptedException {
    Request request;
    try {
      request = Requests.read(file);
    } catch (NoSuchFileException e) {
      return; // somebody has cancelled it
    } catch (IllegalArgumentException | JacksonException | CharacterCodingException e) {
      LOG.error("{} is no request and is put away: {}", file, e.toString());
      requests.done(file, RequestOutcome.failed("no request: " + e));
      return;
    }
    switch (request.kind()) {
      case PURGE -> {
        ledger = null; // of the file before
        RequestOutcome outcome = purge(store, request::wants, request.sums(), request.letters());
        requests.done(file, outcome);
        LOG.info("{} dead letters purged: {}", outcome.events(), store.path());
      }
      case REPLAY -> replay(request);
    }
  }

  /** Removes letters for good, and forgets that they were replayed. */
  static RequestOutcome purge(LetterStore store, Predicate<Letter> gone, boolean sums, long asked)
      throws IOException {
    LetterStore.Removed result = store.remove(gone);
    long removed = result.letters();
    if (sums) {
      store.removeSums();
    }
    Map<String, Long> unreadable = new TreeMap<>();
    result.unreadable().forEach(why -> unreadable.put(why, 1L));
    try {
      Ledger ledger = Ledger.load(store.path());
      if (ledger.size() > 0) {
        forgetReplays(store, ledger);
      }
    } catch (UnreadableException e) {
      LOG.error("What was replayed is not known, and replays wait: {}", e.getMessage());
      unreadable.put(e.getMessage(), 1L);
    }
    return new RequestOutcome(
        true, 0, removed, removed, 0, 0, unreadable, Math.max(0, asked - removed), "");
  }

  /**
   * Forgets those that no letter needs any more: purged, aged, dropped, or failed again since. Of
   * letters that can't be read now nobody knows that, so nothing is forgotten then.
   */
  private static void forgetReplays(LetterStore store, Ledger ledger) throws IOException {
    LongMap still = new LongMap();
    LetterFolder folder = new LetterFolder(store.path());
    folder.each(
        letter -> {
          for (RawEvent event : LetterEvents.of(letter)) {
            long key = letter.key(event.id());
            long replay = ledger.replay(key);
            if (replay > letter.number()) {
              still.put(key, replay);
            }
          }
          return true;
        });
    if (folder.unreadable() > 0 || new LetterSegments(store.path()).isAnyAside()) {
      LOG.warn(
          "It is not forgotten which letters were replayed while some can't be read or are put aside; mend or remove them: {}",
          store.path());
      return;
    }
    ledger.keep(still, store.nextNumber());
  }

  private void replay(Request request) throws IOException, NotNowException, InterruptedException {
    RequestOutcome state = requests.state(request.name());
    long number = state.number();
    if (number == 0) {
      number = store.nextNumber();
    }
    Replay replay =
        new Replay(
            store,
            requests,
            target,
            request,
            ledger(failures(request.file())),
            number,
            state.failedAgain());
    requests.progress(request, replay.outcome(false));
    try {
      RequestOutcome outcome = replay.run();
      requests.done(request.file(), outcome);
      LOG.info("dead letters were replayed: {}", outcome.told());
    } catch (NotNowException e) {
      String why = String.valueOf(e.getMessage());
      requests.progress(request, replay.outcome(false).waitingFor(why));
      throw e;
    }
  }

  /** The ledger with room in it, if that can be had: to look for some reads all letters. */
  private Ledger ledger(int failures) throws IOException {
    Ledger known = ledger;
    if (known == null) {
      known = Ledger.load(store.path(), mostReplayed);
      ledger = known;
    }
    if (known.isFull() && failures % COMPACT_EVERY <= 1) {
      forgetReplays(store, known);
    }
    return known;
  }
}
