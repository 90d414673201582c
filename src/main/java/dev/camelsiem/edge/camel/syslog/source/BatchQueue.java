package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.supervise.Backoff;
import dev.camelsiem.supervise.Supervision;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers events of many connections into batches and hands them on, one at a time and in order.
 *
 * <p>A batch is handed on when it is full or when its first event has waited long enough, by a
 * clock that nobody sets. When some batches are waiting, the queue is full: whoever asks whether it
 * must wait is paused, and goes on once there is room, in turn as {@link WaitingReaders} says. So
 * is whoever asks while others wait.
 *
 * <p>Whose turn it is may add to a full queue, until that holds as much again. So it holds twice
 * its limit and what each network thread adds of one read. Dead letters of connections that must
 * give way do not wait; beyond that bound all for one reason become one. Thread-safe.
 */
final class BatchQueue {
  /** A connection that can stop reading. All calls come under the queue's lock: be quick. */
  interface Reader {
    /** The address that it shares its turns with, always the same. */
    InetAddress sender();

    /** Whether it gave all that it might in its last turn: it may have more. */
    boolean usedUp();

    /** Whether it gave anything in the turn that it has; asked of who must wait in its midst. */
    boolean hasGiven();

    void pause();

    /**
     * Its turn has come. It says when that is {@link BatchQueue#over}, whatever happens.
     *
     * @param share so many events it may give even when others have filled the queue again
     */
    void resume(int share);
  }

  /** What a batch goes to. Called on the queue's one thread; blocks as long as it must. */
  interface Outlet {
    void batch(List<RawEvent> events);

    void rejected(List<DeadLetter> letters);
  }

  private static final String NAME = "siem-syslog-source";

  /** A read may hold tens of thousands of empty events. */
  static final int MOST_EVENTS = 500;

  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

  private final int batchSize;
  private final long batchBytes;
  private final long maxEvents;
  private final long maxBytes;
  private final long timeoutMillis;
  private final ScheduledExecutorService executor;
  private final LongSupplier nanoTime;
  private final Outlet outlet;
  private final InflightMark inflight;

  private final WaitingEvents events = new WaitingEvents();
  private final WaitingLetters letters = new WaitingLetters();
  private final Turns turns;
  private volatile boolean full;

  private boolean running;
  private boolean flushing;
  private @Nullable Future<?> timer;

  // Of the executor's one thread only.
  private List<DeadLetter> lettersInHand = List.of();
  private List<RawEvent> inHand = List.of();
  private int failures;

  /**
   * @param ahead how many batches may wait before connections are paused
   * @param nanoTime as {@link System#nanoTime}
   */
  BatchQueue(
      SyslogLimits limits,
      int ahead,
      ScheduledExecutorService executor,
      LongSupplier nanoTime,
      Outlet outlet,
      InflightMark inflight) {
    this.batchSize = limits.batchSize();
    this.batchBytes = limits.batchBytes();
    this.maxEvents = (long) ahead * batchSize;
    this.maxBytes = ahead * batchBytes;
    this.timeoutMillis = limits.batchTimeoutMillis();
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.outlet = outlet;
    this.inflight = inflight;
    turns = new Turns(batchSize);
  }

  /**
   * Takes what one read of one connection gave.
   *
   * @param more belongs to the queue from now on
   */
  synchronized void add(List<RawEvent> more, List<DeadLetter> rejected) {
    if (more.isEmpty() && rejected.isEmpty()) {
      return;
    }
    if (isEmpty() && !running) {
      inflight.begin();
    }
    long now = nanoTime.getAsLong();
    if (!more.isEmpty()) {
      events.add(more, now);
    }
    for (int i = 0; i < rejected.size(); i++) {
      letters.add(rejected.get(i), now, isTooMuch(2));
    }
    full = isTooMuch(1);
    schedule();
  }

  /**
   * Whether it must not add now; then it is paused, and will be resumed. Asked before anything is
   * cut, and again after it was added.
   *
   * @param turn what is left of its share since it was resumed
   */
  boolean mustWait(Reader reader, int turn) {
    if (!full && !turns.isCrowded()) {
      return false; // most often, and without the lock
    }
    synchronized (this) {
      boolean othersFirst =
          full || turns.anyWait() || (turns.anyUnderWay() && running && hasBatch());
      if (turn > 0 ? !isTooMuch(2) : !othersFirst) {
        return false;
      }
      reader.pause();
      turns.await(reader, turn > 0);
      return true;
    }
  }

  /** Whether the next one that asks will be paused. A hint for those who can read less. */
  boolean isFull() {
    return full || turns.anyWait();
  }

  /** So many events may be added at a time. */
  int share() {
    int now = turns.share();
    return now < batchSize ? Math.min(now, MOST_EVENTS) : MOST_EVENTS;
  }

  /** How many are paused. */
  synchronized int waitingReaders() {
    return turns.waiting();
  }

  /** The listener stops: what waits for its batch to fill waits no more. */
  synchronized void flush() {
    if (!isEmpty()) {
      flushing = true;
      schedule();
    }
  }

  /** A connection that ends must not be resumed any more. */
  synchronized void forget(Reader reader) {
    turns.forget(reader);
  }

  /**
   * A turn is over, once for each {@link Reader#resume}.
   *
   * @param gave whether it gave anything so far
   */
  synchronized void over(Reader reader, boolean gave) {
    turns.over(reader, gave);
    try {
      turns.goOn(() -> full);
    } catch (Throwable failure) {
      if (!running) {
        Future<?> unused = executor.schedule(this::run, PAUSES.delay(1), TimeUnit.NANOSECONDS);
        if (isEmpty()) {
          inflight.begin(); // that run ends it
        }
        beginRun();
      }
      Supervision.failed(NAME, failure, "turns go on");
    }
  }

  /** Bytes of events that wait, for tests and logs. */
  synchronized long waitingBytes() {
    return events.bytes();
  }

  /** What waits really holds. */
  synchronized long heldBytes() {
    return events.heldBytes() + letters.heldBytes();
  }

  private boolean isEmpty() {
    return events.isEmpty() && letters.isEmpty();
  }

  private boolean isTooMuch(int times) {
    return events.size() + letters.size() >= times * maxEvents || heldBytes() >= times * maxBytes;
  }

  private boolean isBatchDue() {
    return flushing || full || letters.size() >= batchSize || hasBatch();
  }

  private boolean hasBatch() {
    return events.size() >= batchSize || events.bytes() >= batchBytes;
  }

  private void schedule() {
    if (running) {
      return; // the running thread looks again when it is done
    }
    if (isBatchDue()) {
      executor.execute(this::run);
      beginRun();
    } else if (timer == null) {
      timer = executor.schedule(this::timeout, timeoutMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void beginRun() {
    running = true;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void timeout() {
    synchronized (this) {
      if (running || timer == null) {
        return;
      }
      timer = null;
      running = true;
    }
    run();
  }

  /** What was taken when something was thrown is not given up: it comes first the next time. */
  private void run() {
    try {
      drain();
      failures = 0;
    } catch (Throwable failure) {
      long pause = PAUSES.delay(++failures);
      Supervision.failed(NAME, failure, "its batch comes again");
      Future<?> unused = executor.schedule(this::run, pause, TimeUnit.NANOSECONDS);
    }
  }

  private void drain() {
    while (true) {
      passOn();
      synchronized (this) {
        if (isEmpty() || (!isBatchDue() && !waitedLongEnough())) {
          turns.goOn(() -> full);
          running = false; // not before: what is thrown there is tried again by this run
          if (isEmpty()) {
            flushing = false;
            inflight.end();
          } else {
            schedule();
          }
          return;
        }
        lettersInHand = letters.take();
        inHand = events.take(batchSize, batchBytes);
        full = isTooMuch(1);
        turns.goOn(() -> full);
      }
    }
  }

  /** Events first: those of one pass need not wait for what others have sent that is none. */
  private void passOn() {
    if (!inHand.isEmpty()) {
      outlet.batch(inHand);
      inHand = List.of();
    }
    if (!lettersInHand.isEmpty()) {
      outlet.rejected(lettersInHand);
      lettersInHand = List.of();
    }
  }

  private boolean waitedLongEnough() {
    long now = nanoTime.getAsLong();
    long since = now;
    if (!events.isEmpty()) {
      since = events.oldestNanos();
    }
    if (!letters.isEmpty() && letters.sinceNanos() - since < 0) {
      since = letters.sinceNanos();
    }
    return now - since >= TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }
}
