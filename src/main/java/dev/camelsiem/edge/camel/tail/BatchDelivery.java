package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.supervise.Backoff;
import dev.camelsiem.supervise.Supervision;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one batch that is under way. It is delivered on a thread of its own, so that the next one can
 * be read meanwhile, and tried until it is accepted, so that nothing overtakes it.
 *
 * <p>All else is done by whoever waits here, the one thread of the tail: it commits what was
 * accepted and begins what comes again. So nothing of the files is shared with the route.
 */
final class BatchDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);

  private final BatchSink sink;
  private final Saver saver;
  private final FolderWatch watch;
  private final Backoff retries;
  private final Collector.Halt halt;
  private final ExecutorService route = Executors.newSingleThreadExecutor(BatchDelivery::thread);

  private @Nullable Batch batch;
  private @Nullable Future<?> attempt;
  private int failures;
  private long nextAttempt;

  /**
   * @param halt while it is wanted no attempt is begun
   */
  BatchDelivery(
      BatchSink sink, Saver saver, FolderWatch watch, Backoff retries, Collector.Halt halt) {
    this.sink = sink;
    this.saver = saver;
    this.watch = watch;
    this.retries = retries;
    this.halt = halt;
  }

  /** Named after the tail, which is who needs it first. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, Thread.currentThread().getName() + " delivery");
    thread.setDaemon(true);
    return thread;
  }

  boolean isUnderWay() {
    return batch != null;
  }

  /** Begins with a batch; only when none is under way. Nothing is added to it from now on. */
  void begin(Batch next) {
    next.seal();
    batch = next;
    failures = 0;
    nextAttempt = System.nanoTime();
    tryOnce(next);
  }

  private void tryOnce(Batch under) {
    attempt =
        route.submit(
            () -> {
              sink.deliver(under);
              return null;
            });
  }

  /**
   * Waits a while, but not on when the batch under way gets on. Where there is none, or it waits to
   * come again, until names change at most.
   */
  void await(long millis) throws InterruptedException {
    Batch under = batch;
    if (under == null) {
      watch.await(millis);
    } else if (attempt != null) {
      awaitEnd(under, attempt, millis);
    } else if (halt.isWanted()) {
      watch.await(millis);
    } else if (nextAttempt - System.nanoTime() > 0) {
      saver.saveIfNeeded();
      long pause = TimeUnit.NANOSECONDS.toMillis(nextAttempt - System.nanoTime()) + 1;
      watch.await(Math.min(millis, pause));
    } else {
      tryOnce(under);
    }
  }

  private void awaitEnd(Batch under, Future<?> running, long millis) throws InterruptedException {
    try {
      running.get(millis, TimeUnit.MILLISECONDS);
      saver.delivered(under);
      batch = null;
      attempt = null;
    } catch (TimeoutException e) {
      LOG.trace("Still under way", e);
    } catch (ExecutionException e) { // whatever a route may throw: the batch comes again
      attempt = null;
      pauseAfter(under, e.getCause());
    }
  }

  private void pauseAfter(Batch under, @Nullable Throwable failure) {
    failures++;
    long pause = retries.delay(failures);
    nextAttempt = System.nanoTime() + pause;
    if (failure instanceof Error) {
      Supervision.failed(Tailer.NAME, failure, "its batch comes again");
    }
    LOG.warn(
        "A batch of {} events was not accepted (attempt {}), it comes again in {} ms: {}",
        under.events().size(),
        failures,
        TimeUnit.NANOSECONDS.toMillis(pause) + 1,
        String.valueOf(failure));
    LOG.debug("Not accepted", failure);
  }

  /**
   * Ends when the attempt under way has: what is accepted yet is committed, and nothing is tried
   * again. Who is interrupted, before or meanwhile, has lost patience, and so the attempt is, too.
   */
  void end() {
    route.shutdown();
    if (Thread.interrupted()) {
      route.shutdownNow();
    }
    while (batch != null && attempt != null) {
      try {
        awaitEnd(batch, attempt, Long.MAX_VALUE);
      } catch (InterruptedException e) {
        route.shutdownNow();
      }
    }
  }
}
