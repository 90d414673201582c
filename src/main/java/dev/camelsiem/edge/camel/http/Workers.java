package dev.camelsiem.edge.camel.http;

import dev.camelsiem.supervise.SupervisedLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads that work on whole bodies. Few of them are for large ones, so that those who send
 * much never keep the others waiting; and one address never has all of either kind. A job that is
 * not done after its turn waits for the next one. Thread-safe.
 */
final class Workers {
  private static final int FOR_SMALL = 8;
  private static final int FOR_LARGE = 2;
  private static final int SMALL_OF_ONE_ADDRESS = 6;
  private static final int LARGE_OF_ONE_ADDRESS = 1;
  private static final int MOST_WAITING = 4096;
  private static final Duration END = Duration.ofSeconds(5);

  private final WaitingJobs small = new WaitingJobs(MOST_WAITING, SMALL_OF_ONE_ADDRESS);
  private final WaitingJobs large = new WaitingJobs(MOST_WAITING, LARGE_OF_ONE_ADDRESS);
  private final List<SupervisedLoop> loops = new ArrayList<>();
  private volatile boolean closed;

  Workers() {
    for (int i = 1; i <= FOR_SMALL; i++) {
      loops.add(SupervisedLoop.start("siem-http-worker-" + i, () -> work(small, false)));
    }
    for (int i = 1; i <= FOR_LARGE; i++) {
      loops.add(SupervisedLoop.start("siem-http-large-worker-" + i, () -> work(large, true)));
    }
  }

  private void work(WaitingJobs queue, boolean isLarge) throws InterruptedException {
    while (!closed) { // a route may have swallowed the interrupt
      Job job = queue.take();
      try {
        turn(job, isLarge);
      } finally {
        queue.over(job);
      }
    }
  }

  private void turn(Job job, boolean isLarge) {
    if (closed) {
      job.giveUp();
      return;
    }
    boolean done = job.turn(isLarge);
    while (!done && !submit(job, true)) {
      done = job.turn(true); // too many wait, or nobody works any more
    }
  }

  /** False when too many wait already, or it is closed. */
  boolean submit(Job job, boolean isLarge) {
    WaitingJobs queue = isLarge ? large : small;
    return !closed && queue.offer(job) && !(closed && queue.remove(job));
  }

  /** Gives up a job that waits and of which nothing was passed on; false when there is none. */
  boolean withdraw(Job job) {
    boolean waited = small.removeUnbegun(job) || large.removeUnbegun(job);
    if (waited) {
      job.giveUp();
    }
    return waited;
  }

  /** Interrupts what is worked on; what waits is answered as far as it got. */
  void close() throws InterruptedException {
    closed = true;
    loops.forEach(SupervisedLoop::stop);
    long end = System.nanoTime() + END.toNanos();
    try {
      for (SupervisedLoop loop : loops) {
        boolean unused = loop.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } finally {
      giveUp(small);
      giveUp(large);
    }
  }

  private static void giveUp(WaitingJobs queue) {
    for (Job job = queue.poll(); job != null; job = queue.poll()) {
      job.giveUp();
    }
  }
}
