package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.supervise.Backoff;
import dev.camelsiem.supervise.Supervision;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers events of many connections into batches and hands them on, one at a time and in order.
 *
 * <p>A batch is handed on when it is full or when its first event has waited long enough, by a
 * clock that nobody sets. When some batches are waiting, whoever adds is told to pause, and to go
 * on once there is room, the longest waiting first: what the queue holds is bounded by its own
 * limit and what each connection adds before it is told. Thread-safe.
 */
final class BatchQueue {
  /** A connection that can stop reading. Both calls come under the queue's lock: be quick. */
  interface Reader {
    void pause();

    void resume();
  }

  /** What a batch goes to. Called on the queue's one thread; blocks as long as it must. */
  interface Outlet {
    void batch(List<RawEvent> events);

    void rejected(List<DeadLetter> letters);
  }

  private static final String NAME = "siem-syslog-source";

  /** So many connections go on when a batch was taken: all of them would fill a hundred. */
  private static final int GO_ON_AT_ONCE = 64;

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
  private final Set<Reader> paused = new LinkedHashSet<>();
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
  }

  /**
   * Takes what one read of one connection gave; the reader is paused when the queue is full.
   *
   * @param more belongs to the queue from now on
   */
  synchronized void add(List<RawEvent> more, List<DeadLetter> rejected, Reader reader) {
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
      letters.add(rejected.get(i), now);
    }
    full = isTooMuch();
    if (full) {
      reader.pause();
      paused.add(reader);
    }
    schedule();
  }

  /** Whether the next one that adds will be paused. A hint for those who can read less. */
  boolean isFull() {
    return full;
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
    paused.remove(reader);
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

  private boolean isTooMuch() {
    return events.size() + letters.size() >= maxEvents || heldBytes() >= maxBytes;
  }

  private boolean isBatchDue() {
    boolean enough = events.size() >= batchSize || events.bytes() >= batchBytes;
    return flushing || enough || full || letters.size() >= batchSize;
  }

  private void schedule() {
    if (running) {
      return; // the running thread looks again when it is done
    }
    if (isBatchDue()) {
      if (timer != null) {
        timer.cancel(false);
        timer = null;
      }
      running = true;
      executor.execute(this::run);
    } else if (timer == null) {
      timer = executor.schedule(this::timeout, timeoutMillis, TimeUnit.MILLISECONDS);
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
          running = false;
          goOn(Integer.MAX_VALUE);
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
        full = isTooMuch();
        goOn(GO_ON_AT_ONCE);
      }
    }
  }

  private void passOn() {
    if (!lettersInHand.isEmpty()) {
      outlet.rejected(lettersInHand);
      lettersInHand = List.of();
    }
    if (!inHand.isEmpty()) {
      outlet.batch(inHand);
      inHand = List.of();
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

  private void goOn(int most) {
    for (int i = 0; i < most && !full && !paused.isEmpty(); i++) {
      Reader longest = paused.iterator().next();
      paused.remove(longest);
      longest.resume(); // may add and so pause again
    }
  }
}
