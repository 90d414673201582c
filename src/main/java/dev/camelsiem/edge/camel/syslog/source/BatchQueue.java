package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.supervise.Backoff;
import dev.camelsiem.supervise.Supervision;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gathers events of many connections into batches and hands them on, one at a time and in order.
 *
 * <p>A batch is handed on when it is full or when its first event has waited long enough. When two
 * batches are waiting, connections are told to pause, and to go on once there is room: what the
 * queue holds is bounded by its own limit and one read of each connection. Thread-safe.
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
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

  private final int batchSize;
  private final long batchBytes;
  private final long maxEvents;
  private final long maxBytes;
  private final long timeoutMillis;
  private final ScheduledExecutorService executor;
  private final Outlet outlet;
  private final InflightMark inflight;

  private final Deque<RawEvent> events = new ArrayDeque<>();
  private List<DeadLetter> letters = new ArrayList<>();
  private final Set<Reader> paused = new LinkedHashSet<>();
  private long bytes;
  private boolean running;
  private boolean flushing;
  private @Nullable Future<?> timer;

  // Of the executor's one thread only.
  private List<DeadLetter> lettersInHand = List.of();
  private List<RawEvent> inHand = List.of();
  private int failures;

  /**
   * @param ahead how many batches may wait before connections are paused
   */
  BatchQueue(
      SyslogLimits limits,
      int ahead,
      ScheduledExecutorService executor,
      Outlet outlet,
      InflightMark inflight) {
    this.batchSize = limits.batchSize();
    this.batchBytes = limits.batchBytes();
    this.maxEvents = (long) ahead * batchSize;
    this.maxBytes = ahead * batchBytes;
    this.timeoutMillis = limits.batchTimeoutMillis();
    this.executor = executor;
    this.outlet = outlet;
    this.inflight = inflight;
  }

  /** Takes what one read of one connection gave; the reader is paused when the queue is full. */
  synchronized void add(List<RawEvent> more, List<DeadLetter> rejected, Reader reader) {
    if (more.isEmpty() && rejected.isEmpty()) {
      return;
    }
    if (isEmpty() && !running) {
      inflight.begin();
    }
    for (int i = 0; i < more.size(); i++) {
      events.add(more.get(i));
      bytes += more.get(i).length();
    }
    for (int i = 0; i < rejected.size(); i++) {
      letters.add(rejected.get(i));
      bytes += rejected.get(i).event().length();
    }
    if (isFull()) {
      reader.pause();
      paused.add(reader);
    }
    schedule();
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

  /** Bytes that wait, for tests and logs. */
  synchronized long waitingBytes() {
    return bytes;
  }

  private boolean isEmpty() {
    return events.isEmpty() && letters.isEmpty();
  }

  private boolean isFull() {
    return events.size() + letters.size() >= maxEvents || bytes >= maxBytes;
  }

  private boolean isBatchDue() {
    return flushing || events.size() >= batchSize || bytes >= batchBytes || !letters.isEmpty();
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
          if (isEmpty()) {
            flushing = false;
            inflight.end();
          } else {
            schedule();
          }
          return;
        }
        lettersInHand = takeLetters();
        inHand = takeBatch();
        resume();
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

  /** By the events' own time of arrival; a clock that jumps costs one early or late batch. */
  private boolean waitedLongEnough() {
    RawEvent oldest = events.peek();
    return oldest == null || System.currentTimeMillis() - oldest.receivedAt() >= timeoutMillis;
  }

  private List<DeadLetter> takeLetters() {
    if (letters.isEmpty()) {
      return List.of();
    }
    List<DeadLetter> taken = letters;
    letters = new ArrayList<>();
    for (DeadLetter letter : taken) {
      bytes -= letter.event().length();
    }
    return taken;
  }

  private List<RawEvent> takeBatch() {
    List<RawEvent> batch = new ArrayList<>(Math.min(batchSize, events.size()));
    long taken = 0;
    while (batch.size() < batchSize && taken < batchBytes && !events.isEmpty()) {
      RawEvent event = events.remove();
      taken += event.length();
      batch.add(event);
    }
    bytes -= taken;
    return batch;
  }

  private void resume() {
    if (!isFull()) {
      paused.forEach(Reader::resume);
      paused.clear();
    }
  }
}
