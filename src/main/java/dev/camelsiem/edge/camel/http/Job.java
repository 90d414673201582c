package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.supervise.Supervision;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What workers do with one whole body: unpack, split, pass on batch after batch, count, answer.
 * Nothing is passed on before all of the body has been looked at. One with many batches is passed
 * on by turns, so that it does not keep others waiting. One thread at a time has it.
 */
final class Job {
  private static final String PLACE = "siem-http-source";
  private static final int KEPT_BYTES = 8 * 1024;
  private static final int LETTERS_AT_ONCE = 500;

  /** Batches, not bytes: a small body may hold very many tiny events. */
  private static final int BATCHES_A_TURN = 8;

  private final InetAddress address;
  private final Site site;
  private final RequestBody body;
  private final boolean gzip;
  private final String origin;
  private final Consumer<HttpAnswer> answer;
  private final long source = EventId.newSource();
  private final long receivedAt = System.currentTimeMillis();
  private long lastPosition;
  private byte[] bytes = new byte[0];
  private @Nullable Findings split;
  private @Nullable Tally tally;
  private int next;
  private boolean lettersAreKept;
  private volatile boolean abandoned;

  /**
   * @param address the sender's
   * @param origin as {@link RawEvent} wants it
   * @param answer gets the answer, once
   */
  Job(
      Site site,
      RequestBody body,
      boolean gzip,
      InetAddress address,
      String origin,
      Consumer<HttpAnswer> answer) {
    this.address = address;
    this.site = site;
    this.body = body;
    this.gzip = gzip;
    this.origin = origin;
    this.answer = answer;
  }

  /** Where it comes from. */
  InetAddress address() {
    return address;
  }

  /** Nobody waits for the answer any more: unless it has begun, it won't. On any thread. */
  void abandon() {
    abandoned = true;
  }

  /** Whether something was passed on. For whoever has it. */
  boolean hasBegun() {
    return next > 0;
  }

  /**
   * Works for a while; throws nothing.
   *
   * @param isLarge whether the worker is one for large bodies
   * @return whether it is done and answered; else it wants another turn at such a worker
   */
  boolean turn(boolean isLarge) {
    body.turn();
    @Nullable HttpAnswer made;
    try {
      made = work(isLarge);
    } catch (HttpRefusal refusal) {
      made = HttpAnswer.refusal(refusal);
    } catch (Throwable failure) { // an Error, too, is an answer: the sender keeps the events
      Supervision.failed(PLACE, failure, "the request was answered with 503");
      made = notAll();
    }
    if (made == null) {
      return false;
    }
    finish(made);
    return true;
  }

  /** There is nobody to work on it any more: what was not passed on is answered with 503. */
  void giveUp() {
    finish(notAll());
  }

  private void finish(HttpAnswer made) {
    body.close();
    bytes = new byte[0];
    split = null;
    answer.accept(made);
  }

  private @Nullable HttpAnswer work(boolean isLarge) throws HttpRefusal {
    if (isForNobody()) {
      return notAll();
    }
    Findings events = split;
    Tally counts = tally;
    if (events != null && counts != null) {
      return pass(events, counts, isLarge);
    }
    events = open();
    counts = new Tally(events);
    split = events;
    tally = counts;
    if (events.goodCount() == 0) {
      return HttpAnswer.report(counts.counts(), counts.listed());
    }
    if (isLarge || !hasManyBatches(events)) {
      return pass(events, counts, isLarge);
    }
    if (!body.waitAgain()) {
      throw body.cannotWait(site.retryAfter());
    }
    return null;
  }

  private boolean isForNobody() {
    return abandoned && !hasBegun();
  }

  private boolean hasManyBatches(Findings events) {
    HttpLimits limits = site.limits();
    return events.goodCount() / limits.batchSize() > BATCHES_A_TURN
        || body.size() / limits.batchBytes() > BATCHES_A_TURN;
  }

  private Findings open() throws HttpRefusal {
    int length = body.size();
    bytes = body.takeBytes(site.retryAfter());
    if (gzip) {
      Gunzip gunzip = new Gunzip(bytes, length, site.limits());
      length = gunzip.size();
      body.reserve(length + 1L, site.retryAfter());
      byte[] unpacked = new byte[length + 1];
      gunzip.into(unpacked);
      body.giveBack(bytes.length);
      bytes = unpacked;
    }
    Findings.Room room = more -> body.reserve(more, site.retryAfter());
    return new BodySplitter(bytes, length, site.accepts(), site.limits(), room).split();
  }

  /** Null when it is another's turn. */
  private @Nullable HttpAnswer pass(Findings events, Tally counts, boolean isLarge) {
    if (isForNobody() || !hasBegun() && !isRoomForLetters(events)) {
      return notAll();
    }
    int batches = 0;
    while (next < events.goodCount()) {
      if (isLarge && batches++ >= BATCHES_A_TURN && body.waitAgain()) {
        return null;
      }
      List<RawEvent> batch = batch(events, next);
      next += batch.size();
      BatchOutcome outcome =
          site.way().mayWork()
              ? site.way().pass(List.copyOf(batch))
              : new BatchOutcome(false, List.of());
      if (!outcome.taken()) {
        return notAll();
      }
      counts.taken(batch, outcome.letters());
    }
    // Letters only now: a request that is sent again after an outage must not leave copies each
    // time. None when nothing was taken: the sender still has them, and knows.
    if (!counts.nothingWasTaken() && !keepLetters(events.rejected())) {
      return notAll();
    }
    return HttpAnswer.report(counts.counts(), counts.listed());
  }

  /** Where the last ones could not be kept, those of this request are kept first. */
  private boolean isRoomForLetters(Findings events) {
    Way way = site.way();
    return !way.lettersFirst() || way.mayWork() && keepLetters(events.rejected());
  }

  private HttpAnswer notAll() {
    HttpRefusal reason = HttpRefusal.unavailable(site.retryAfter());
    Tally counts = tally;
    return counts == null || counts.nothingWasTaken()
        ? HttpAnswer.refusal(reason)
        : HttpAnswer.partial(counts.counts(), counts.listed(), reason);
  }

  private List<RawEvent> batch(Findings events, int first) {
    List<RawEvent> batch = new ArrayList<>();
    long size = 0;
    for (int i = first; i < events.goodCount() && batch.size() < site.limits().batchSize(); i++) {
      size += events.to(i) - events.from(i);
      if (i > first && size > site.limits().batchBytes()) {
        break;
      }
      batch.add(event(events.from(i), events.to(i), events.position(i)));
    }
    return batch;
  }

  /** A second event on one line is a source of its own, since its place tells nothing. */
  private RawEvent event(int from, int to, long position) {
    long own = position == lastPosition ? EventId.newSource() : source;
    lastPosition = position;
    return new RawEvent(bytes, from, to, origin, position, receivedAt, own, 0);
  }

  private boolean keepLetters(List<Rejected> rejected) {
    for (int from = 0; !lettersAreKept && from < rejected.size(); from += LETTERS_AT_ONCE) {
      int to = Math.min(rejected.size(), from + LETTERS_AT_ONCE);
      if (!site.way().keep(rejected.subList(from, to).stream().map(this::letter).toList())) {
        return false;
      }
    }
    lettersAreKept = true;
    return true;
  }

  private DeadLetter letter(Rejected stretch) {
    boolean tooLarge = stretch.problem().reason() == StopReason.TOO_LARGE;
    int most = Math.min(tooLarge ? KEPT_BYTES : Integer.MAX_VALUE, site.limits().eventBytes());
    int to = stretch.from + Math.min(stretch.to() - stretch.from, most);
    long own = EventId.newSource(); // beside a good event on the same line it must not be that
    RawEvent event =
        new RawEvent(bytes, stretch.from, to, origin, stretch.position, receivedAt, own, 0);
    DeadLetter letter =
        new DeadLetter(
            event, stretch.problem().reason(), stretch.problem().detail(), PLACE, stretch.count());
    boolean isWhole = event.length() == stretch.bytes();
    return isWhole ? letter : letter.cutFrom(stretch.bytes(), null);
  }
}
