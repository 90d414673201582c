package dev.camelsiem.flow.normalize;

import java.util.concurrent.atomic.LongAdder;

/** What one rule has done since the start. Thread-safe. */
public final class RuleCounters {
  private static final long MINUTE = 60_000;

  final LongAdder normalized = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder failed = new LongAdder();

  private long minuteStart;
  private int failuresInMinute;
  private volatile boolean suspended;

  /** Events that it normalized. */
  public long normalized() {
    return normalized.sum();
  }

  /** Events that it dropped. */
  public long dropped() {
    return dropped.sum();
  }

  /** Events on which it went over a limit. */
  public long failed() {
    return failed.sum();
  }

  /** True when it failed too often and is not tried any more, until the rules are replaced. */
  public boolean isSuspended() {
    return suspended;
  }

  /**
   * Counts a failure.
   *
   * @return true when it is the one that suspends the rule
   */
  synchronized boolean fail(long nowMillis, int mostAMinute) {
    failed.increment();
    if (nowMillis - minuteStart >= MINUTE) {
      minuteStart = nowMillis;
      failuresInMinute = 0;
    }
    failuresInMinute++;
    if (suspended || mostAMinute == 0 || failuresInMinute < mostAMinute) {
      return false;
    }
    suspended = true;
    return true;
  }

  synchronized void resume() {
    suspended = false;
    failuresInMinute = 0;
  }
}
