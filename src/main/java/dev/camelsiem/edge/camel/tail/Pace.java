package dev.camelsiem.edge.camel.tail;

/**
 * Leaves a tenth of the time to a work that is done again and again. What it takes is the shorter
 * of the last two times: a machine or a disk that stood still once makes nobody wait ten times as
 * long for the next. Times are of {@link System#nanoTime()}. Not thread-safe.
 */
final class Pace {
  private static final int SHARE = 10;

  private long ended;
  private long last;
  private long before;

  /**
   * @param now when the work would have ended before
   */
  Pace(long now) {
    ended = now;
  }

  /** The work was done. */
  void ended(long now, long took) {
    ended = now;
    before = last;
    last = took;
  }

  /** How long nothing is to be done after the work. */
  long pause() {
    return Math.min(last, before) * SHARE;
  }

  /**
   * Whether the work may be done again.
   *
   * @param least so long a pause at least
   */
  boolean isDue(long now, long least) {
    return now - ended >= Math.max(least, pause());
  }
}
