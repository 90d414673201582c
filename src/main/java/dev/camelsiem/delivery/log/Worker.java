package dev.camelsiem.delivery.log;

import dev.camelsiem.supervise.Supervision;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that does one thing over and over, whatever comes of it. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** What is done. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private final Task task;
  private final long interval;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private boolean due;
  private boolean stopped;

  private Worker(String name, long interval, Task task) {
    this.task = task;
    this.interval = interval;
    this.thread = new Thread(this::loop, name);
    this.thread.setDaemon(true);
  }

  /** Starts a thread that does something now and then, by nanoseconds from end to start. */
  static Worker start(String name, long interval, Task task) {
    Worker worker = new Worker(name, interval, task);
    worker.thread.start();
    return worker;
  }

  /** Has it done at once. */
  void wake() {
    lock.lock();
    try {
      due = true;
      wake.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread and waits until it has ended. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      wake.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(1));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    boolean running = true;
    while (running) {
      try {
        running = awaitTurn();
        if (running) {
          task.run();
        }
      } catch (Throwable e) { // an Error too: the thread must live
        Supervision.failed(thread.getName(), e, "it goes on");
      }
    }
  }

  private boolean awaitTurn() {
    lock.lock();
    try {
      long deadline = System.nanoTime() + interval;
      long left = interval;
      while (left > 0 && !due && !stopped) {
        try {
          wake.awaitNanos(left);
        } catch (InterruptedException e) {
          LOG.warn("{} was interrupted and goes on", thread.getName());
        }
        left = deadline - System.nanoTime();
      }
      due = false;
      return !stopped;
    } finally {
      lock.unlock();
    }
  }
}
