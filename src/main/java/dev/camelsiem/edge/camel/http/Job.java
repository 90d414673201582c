package dev.camelsiem.edge.camel.http;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.supervise.Supervision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a worker does with one whole body: unpack, split, pass on batch after batch, count, answer.
 * Nothing is passed on before all of the body has been looked at.
 */
final class Job implements Runnable {
  private static final String PLACE = "siem-http-source";
  private static final int KEPT_BYTES = 8 * 1024;
  private static final int LETTERS_AT_ONCE = 500;

  private final Site site;
  private final Body body;
  private final boolean gzip;
  private final String origin;
  private final Consumer<HttpAnswer> answer;
  private final long source = EventId.newSource();
  private final long receivedAt = System.currentTimeMillis();
  private long lastPosition;

  /**
   * @param origin as {@link RawEvent} wants it
   * @param answer gets the answer, once
   */
  Job(Site site, Body body, boolean gzip, String origin, Consumer<HttpAnswer> answer) {
    this.site = site;
    this.body = body;
    this.gzip = gzip;
    this.origin = origin;
    this.answer = answer;
  }

  @Override
  public void run() {
    HttpAnswer made;
    try {
      made = work();
    } catch (HttpRefusal refusal) {
      made = HttpAnswer.refusal(refusal);
    } catch (Throwable failure) { // an Error, too, is an answer: the sender keeps the events
      Supervision.failed(PLACE, failure, "the request was answered with 503");
      made = HttpAnswer.refusal(HttpRefusal.unavailable(site.retryAfter()));
    } finally {
      body.close();
    }
    site.way().ended();
    answer.accept(made);
  }

  private HttpAnswer work() throws HttpRefusal {
    int length = body.size();
    byte[] bytes = body.takeBytes(site.retryAfter());
    if (gzip) {
      Gunzip gunzip = new Gunzip(bytes, length, site.limits());
      length = gunzip.size();
      body.reserve(length + 1L, site.retryAfter());
      byte[] unpacked = new byte[length + 1];
      gunzip.into(unpacked);
      bytes = unpacked;
    }
    EventSplitter split = new EventSplitter(bytes, length, site.accepts(), site.limits()).split();
    Tally tally = new Tally(split);
    if (split.goodCount() == 0) {
      return HttpAnswer.report(tally.counts(), tally.listed());
    }
    return pass(bytes, split, tally);
  }

  private HttpAnswer pass(byte[] bytes, EventSplitter split, Tally tally) {
    int next = 0;
    while (next < split.goodCount()) {
      List<RawEvent> batch = batch(bytes, split, next);
      next += batch.size();
      Outcome outcome =
          site.way().mayWork()
              ? site.way().pass(List.copyOf(batch))
              : new Outcome(false, List.of());
      if (!outcome.taken()) {
        return notAll(tally);
      }
      tally.taken(batch, outcome.letters());
    }
    // Letters only now: a request that is sent again after an outage must not leave copies each
    // time. None when nothing was taken: the sender still has them, and knows.
    if (!tally.nothingWasTaken() && !keepLetters(bytes, split.rejected())) {
      return notAll(tally);
    }
    return HttpAnswer.report(tally.counts(), tally.listed());
  }

  private HttpAnswer notAll(Tally tally) {
    HttpRefusal reason = HttpRefusal.unavailable(site.retryAfter());
    return tally.nothingWasTaken()
        ? HttpAnswer.refusal(reason)
        : HttpAnswer.partial(tally.counts(), tally.listed(), reason);
  }

  private List<RawEvent> batch(byte[] bytes, EventSplitter split, int first) {
    List<RawEvent> batch = new ArrayList<>();
    long size = 0;
    for (int i = first; i < split.goodCount() && batch.size() < site.limits().batchSize(); i++) {
      size += split.to(i) - split.from(i);
      if (i > first && size > site.limits().batchBytes()) {
        break;
      }
      batch.add(event(bytes, split.from(i), split.to(i), split.position(i)));
    }
    return batch;
  }

  /** A second event on one line is a source of its own, since its place tells nothing. */
  private RawEvent event(byte[] bytes, int from, int to, long position) {
    long own = position == lastPosition ? EventId.newSource() : source;
    lastPosition = position;
    return new RawEvent(bytes, from, to, origin, position, receivedAt, own, 0);
  }

  private boolean keepLetters(byte[] bytes, List<Rejected> rejected) {
    for (int from = 0; from < rejected.size(); from += LETTERS_AT_ONCE) {
      int to = Math.min(rejected.size(), from + LETTERS_AT_ONCE);
      if (!site.way()
          .keep(rejected.subList(from, to).stream().map(each -> letter(bytes, each)).toList())) {
        return false;
      }
    }
    return true;
  }

  private DeadLetter letter(byte[] bytes, Rejected stretch) {
    boolean tooLarge = stretch.problem.reason() == StopReason.TOO_LARGE;
    int most = Math.min(tooLarge ? KEPT_BYTES : Integer.MAX_VALUE, site.limits().eventBytes());
    int to = stretch.from + Math.min(stretch.to() - stretch.from, most);
    long own = EventId.newSource(); // beside a good event on the same line it must not be that
    RawEvent event =
        new RawEvent(bytes, stretch.from, to, origin, stretch.position, receivedAt, own, 0);
    return new DeadLetter(
        event, stretch.problem.reason(), stretch.problem.detail(), PLACE, stretch.count());
  }
}
