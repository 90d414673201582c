package dev.camelsiem.edge.camel.http;

import dev.camelsiem.supervise.SupervisedLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The threads that work on whole bodies. Few of them are for large ones, so that those who send
 * much never keep the others waiting. Thread-safe.
 */
final class Workers implements AutoCloseable {
  private static final int FOR_SMALL = 8;
  private static final int FOR_LARGE = 2;
  private static final int MOST_WAITING = 4096;
  private static final Duration END = Duration.ofSeconds(5);

  private final BlockingQueue<Runnable> small = new LinkedBlockingQueue<>(MOST_WAITING);
  private final BlockingQueue<Runnable> large = new LinkedBlockingQueue<>(MOST_WAITING);
  private final List<SupervisedLoop> loops = new ArrayList<>();

  Workers() {
    for (int i = 1; i <= FOR_SMALL; i++) {
      loops.add(SupervisedLoop.start("siem-http-worker-" + i, () -> work(small)));
    }
    for (int i = 1; i <= FOR_LARGE; i++) {
      loops.add(SupervisedLoop.start("siem-http-large-worker-" + i, () -> work(large)));
    }
  }

  private static void work(BlockingQueue<Runnable> queue) throws InterruptedException {
    while (true) {
      queue.take().run();
    }
  }

  /** False when too many wait already. */
  boolean submit(Runnable job, boolean isLarge) {
    return (isLarge ? large : small).offer(job);
  }

  /** Interrupts what is worked on; what waits is never begun. */
  @Override
  public void close() throws InterruptedException {
    loops.forEach(SupervisedLoop::stop);
    long end = System.nanoTime() + END.toNanos();
    for (SupervisedLoop loop : loops) {
      boolean unused = loop.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
  }
}
