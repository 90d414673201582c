package dev.camelsiem.edge.camel.http;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait for a worker, by the address that they come from. Addresses take turns, and none
 * has more than some jobs at work at a time, so that one that sends much waits for itself.
 * Thread-safe.
 */
final class WaitingJobs {
  private final int mostWaiting;
  private final int mostAtWork;

  /** In the order of their turns. */
  private final Map<InetAddress, Line> lines = new LinkedHashMap<>();

  private int waiting;

  /** The jobs of one address. */
  private static final class Line {
    private final Queue<Job> jobs = new ArrayDeque<>();
    private int atWork;
  }

  /**
   * @param mostAtWork of one address
   */
  WaitingJobs(int mostWaiting, int mostAtWork) {
    this.mostWaiting = mostWaiting;
    this.mostAtWork = mostAtWork;
  }

  /** False when too many wait. */
  synchronized boolean offer(Job job) {
    if (waiting >= mostWaiting) {
      return false;
    }
    waiting++;
    lines.computeIfAbsent(job.address(), key -> new Line()).jobs.add(job);
    notifyAll();
    return true;
  }

  /** The next job that may be worked on; whoever gets it says when it is {@link #over}. */
  synchronized Job take() throws InterruptedException {
    Job next = next();
    while (next == null) {
      wait();
      next = next();
    }
    return next;
  }

  private @Nullable Job next() {
    for (Map.Entry<InetAddress, Line> each : lines.entrySet()) {
      Line line = each.getValue();
      Job job = line.atWork < mostAtWork ? line.jobs.poll() : null;
      if (job != null) {
        waiting--;
        line.atWork++;
        lines.remove(each.getKey());
        lines.put(each.getKey(), line); // behind all others
        return job;
      }
    }
    return null;
  }

  /** A job that was taken is not worked on any more, though it may wait again. */
  synchronized void over(Job job) {
    Line line = lines.get(job.address());
    if (line != null) {
      line.atWork--;
      forgetUnused(job, line);
    }
    notifyAll();
  }

  /** Takes back a job that waits; false when it does not. */
  synchronized boolean remove(Job job) {
    Line line = lines.get(job.address());
    if (line == null || !line.jobs.remove(job)) {
      return false;
    }
    waiting--;
    forgetUnused(job, line);
    return true;
  }

  /** As {@link #remove}, unless some of it has been passed on already. */
  synchronized boolean removeUnbegun(Job job) {
    return !job.hasBegun() && remove(job); // one that is not here may be at work: then it stays so
  }

  private void forgetUnused(Job job, Line line) {
    if (line.atWork == 0 && line.jobs.isEmpty()) {
      lines.remove(job.address());
    }
  }

  /** Any job that waits, and be it one that may not be worked on; null when there is none. */
  synchronized @Nullable Job poll() {
    Iterator<Line> each = lines.values().iterator();
    Job job = null;
    while (job == null && each.hasNext()) {
      job = each.next().jobs.poll();
    }
    waiting -= job == null ? 0 : 1;
    return job;
  }
}
