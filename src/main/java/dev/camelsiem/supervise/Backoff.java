package dev.camelsiem.supervise;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waiting times between attempts, with full jitter: any time up to a bound that doubles with each
 * failure in a row. Many who failed together so do not come back together. Immutable.
 *
 * @param first the bound after one failure
 * @param longest the bound after many
 */
public record Backoff(Duration first, Duration longest) {
  /** Never shorter than this part of {@link #first}, so that what fails at once is no busy loop. */
  private static final int LEAST_PART = 10;

  private static final int MOST_DOUBLINGS = 30;

  public Backoff {
    if (first.toNanos() < LEAST_PART || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("from " + first + " to " + longest);
    }
  }

  /**
   * How long to wait after so many failures in a row, in nanoseconds.
   *
   * @param failures at least 1
   */
  public long delay(int failures) {
    long bound = first.toNanos();
    for (int i = 1; i < Math.min(failures, MOST_DOUBLINGS) && bound < longest.toNanos(); i++) {
      bound *= 2;
    }
    long least = first.toNanos() / LEAST_PART;
    return ThreadLocalRandom.current().nextLong(least, Math.min(bound, longest.toNanos()) + 1);
  }
}
