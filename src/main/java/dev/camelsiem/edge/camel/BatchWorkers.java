package dev.camelsiem.edge.camel;

import dev.camelsiem.flow.event.RawEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Does batches in parts, on the threads of one pool for each Camel context.
 *
 * <p>Whoever has a batch cuts it by bytes and does part after part, while those of the pool who are
 * free do others. So a pool that is busy or has stopped costs time and nothing else, and work that
 * forks again waits for nobody who waits for it. What comes out is in the order of the parts,
 * whoever did them. Thread-safe.
 */
public final class BatchWorkers extends ServiceSupport {
  /** A part has about so many bytes at least: less is not worth waking a thread. */
  static final int LEAST_BYTES = 8 << 10;

  /** Whoever comes late, or gets what is easy, does fewer or more of so many parts for each. */
  private static final int PARTS_EACH = 4;

  /** Who wants more threads for a batch than this has written something else by mistake. */
  private static final int MOST_WORKERS = 256;

  private static final int IDLE_SECONDS = 10;

  private static final String NAME = "siem-batch";

  private volatile @Nullable ThreadPoolExecutor helpers;

  private BatchWorkers() {}

  /** Those of a context; they start and stop with it. */
  private static BatchWorkers of(CamelContext context) {
    synchronized (BatchWorkers.class) {
      BatchWorkers known = context.hasService(BatchWorkers.class);
      if (known == null) {
        known = new BatchWorkers();
        try {
          context.addService(known);
        } catch (Exception e) {
          throw new RuntimeCamelException("threads for batches cannot be set up", e);
        }
      }
      return known;
    }
  }

  /**
   * How many threads a batch may have, as the option {@code workers} of a step says it.
   *
   * @param option 0 for as many as there are processors
   * @throws IllegalArgumentException when it is no number of threads
   */
  public static int count(int option) {
    if (option < 0 || option > MOST_WORKERS) {
      throw new IllegalArgumentException(
          "option workers: expected 0 to " + MOST_WORKERS + ", found `" + option + "`");
    }
    return option == 0 ? Runtime.getRuntime().availableProcessors() : option;
  }

  /**
   * Does a batch.
   *
   * @param context whose threads may help
   * @param workers who may be at work on it, the caller among them
   * @param whole whether the elements of one event must be in one part
   * @param work on any thread; what it throws is thrown here, when no part is under way any more
   * @return what came of each part, one at least
   */
  public static <R> List<R> inParts(
      CamelContext context,
      List<RawEvent> events,
      int workers,
      boolean whole,
      Function<List<RawEvent>, R> work) {
    List<List<RawEvent>> parts = parts(events, workers, whole);
    if (parts.size() == 1) {
      return List.of(work.apply(events));
    }
    Fork<R> fork = new Fork<>(parts, work);
    ThreadPoolExecutor pool = of(context).helpers;
    if (pool != null) {
      help(pool, fork, Math.min(workers, parts.size()) - 1);
    }
    fork.run();
    return fork.results();
  }

  /** Lets so many help, or as many as are free. */
  static void help(ThreadPoolExecutor pool, Runnable fork, int wanted) {
    try {
      if (pool.getMaximumPoolSize() < wanted) {
        pool.setMaximumPoolSize(wanted);
      }
      for (int i = 0; i < wanted; i++) {
        pool.execute(fork);
      }
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      return; // all are busy, it has stopped, or the system has no thread left to give
    }
  }

  /** Cuts a batch where so many bytes are reached; one part at least. */
  static List<List<RawEvent>> parts(List<RawEvent> events, int workers, boolean whole) {
    long bytes = 0;
    for (int i = 0; i < events.size() && workers > 1; i++) {
      bytes += events.get(i).length();
    }
    long count = Math.min((long) workers * PARTS_EACH, bytes / LEAST_BYTES);
    if (count < 2) {
      return List.of(events);
    }
    long each = bytes / count;
    List<List<RawEvent>> parts = new ArrayList<>((int) count);
    long sum = 0;
    int from = 0;
    for (int i = 0; i < events.size(); i++) {
      boolean mayCut = !whole || (i > 0 && !events.get(i).isOfSameEvent(events.get(i - 1)));
      if (sum >= each && mayCut) {
        parts.add(events.subList(from, i));
        from = i;
        sum = 0;
      }
      sum += events.get(i).length();
    }
    parts.add(events.subList(from, events.size()));
    return parts;
  }

  @Override
  protected void doStart() {
    helpers =
        new ThreadPoolExecutor(
            0,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(), // nobody waits for help
            new CamelThreadFactory("Camel (siem) thread ##counter# - #name#", NAME, true));
  }

  /** Parts under way come to their end, and the rest is done by the callers. */
  @Override
  protected void doStop() {
    ThreadPoolExecutor pool = helpers;
    helpers = null;
    if (pool != null) {
      pool.shutdown();
    }
  }

  /** A batch that is being done. */
  private static final class Fork<R> implements Runnable {
    private final List<List<RawEvent>> parts;
    private final Function<List<RawEvent>, R> work;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch under;
    private final AtomicReferenceArray<R> results;
    private final AtomicReferenceArray<Throwable> failures;

    Fork(List<List<RawEvent>> parts, Function<List<RawEvent>, R> work) {
      this.parts = parts;
      this.work = work;
      under = new CountDownLatch(parts.size());
      results = new AtomicReferenceArray<>(parts.size());
      failures = new AtomicReferenceArray<>(parts.size());
    }

    /** Does parts that nobody has begun, until there is none. Throws nothing. */
    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
        try {
          results.set(i, work.apply(parts.get(i)));
        } catch (Throwable failure) {
          failures.set(i, failure);
        } finally {
          under.countDown();
        }
      }
    }

    /** Waits for the parts that others have begun; they end by themselves. */
    List<R> results() {
      boolean interrupted = false;
      while (under.getCount() > 0) {
        try {
          under.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      List<R> all = new ArrayList<>(parts.size());
      for (int i = 0; i < parts.size(); i++) {
        Throwable failure = failures.get(i);
        if (failure instanceof Error error) {
          throw error;
        } else if (failure instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        all.add(results.get(i));
      }
      return all;
    }
  }
}
