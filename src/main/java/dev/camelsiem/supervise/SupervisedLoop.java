package dev.camelsiem.supervise;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work that goes on until it is done or stopped: when anything is thrown out of it, an {@link
 * Error} too, that is told to {@link Supervision} and the work is begun again after a while, from
 * 0.1 s to 30 s. One that is interrupted ends. Thread-safe.
 */
public final class SupervisedLoop implements Runnable {
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

  private final String name;
  private final Work work;
  private final Backoff pauses;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread own;

  /** What is supervised. */
  @FunctionalInterface
  public interface Work {
    /** Works until there is nothing to do any more; begins again where it is called again. */
    void run() throws Exception;
  }

  /**
   * @param name of the thread and of the counter
   */
  public SupervisedLoop(String name, Work work) {
    this(name, work, PAUSES);
  }

  SupervisedLoop(String name, Work work, Backoff pauses) {
    this.name = name;
    this.work = work;
    this.pauses = pauses;
  }

  /** Begins the work on a daemon thread of its own. */
  public static SupervisedLoop start(String name, Work work) {
    SupervisedLoop loop = new SupervisedLoop(name, work);
    Thread thread = new Thread(loop, name);
    thread.setDaemon(true);
    loop.own = thread;
    thread.start();
    return loop;
  }

  /** Works on the caller's thread. Throws nothing. */
  @Override
  public void run() {
    int failures = 0;
    while (stopped.getCount() > 0) {
      long begun = System.nanoTime();
      try {
        work.run();
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Throwable failure) {
        boolean wasWell = System.nanoTime() - begun > pauses.longest().toNanos();
        failures = wasWell ? 1 : failures + 1;
        if (!pauseAfter(failure, failures)) {
          return;
        }
      }
    }
  }

  private boolean pauseAfter(Throwable failure, int failures) {
    long pause = pauses.delay(failures);
    long millis = TimeUnit.NANOSECONDS.toMillis(pause);
    Supervision.failed(name, failure, "it goes on in " + millis + " ms");
    try {
      return !stopped.await(pause, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Begins nothing again; a thread of its own is interrupted. Work elsewhere must end by itself.
   */
  public void stop() {
    stopped.countDown();
    Thread thread = own;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /**
   * Waits for a thread of its own to end.
   *
   * @return whether it has
   */
  public boolean join(Duration atMost) throws InterruptedException {
    Thread thread = own;
    if (thread != null) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, atMost.toNanos()));
    }
    return thread == null || !thread.isAlive();
  }
}
