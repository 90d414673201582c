package dev.camelsiem.integration.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waiting times between attempts: full jitter below a bound that doubles from 0.5 s to 60 s. */
final class Backoff {
  private static final long FIRST = Duration.ofMillis(500).toNanos();
  private static final long LONGEST = Duration.ofSeconds(60).toNanos();

  /** Never shorter, so that a peer that accepts and closes at once is no busy loop. */
  private static final long SHORTEST = Duration.ofMillis(50).toNanos();

  private Backoff() {}

  /**
   * How long to wait after so many failures in a row, in nanoseconds.
   *
   * @param failures at least 1
   */
  static long delay(int failures) {
    long bound = FIRST << Math.min(failures - 1, 20);
    return ThreadLocalRandom.current().nextLong(SHORTEST, Math.min(LONGEST, bound) + 1);
  }
}
