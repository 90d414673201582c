package dev.camelsiem.flow.normalize;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one rule has done since the start, and whether it is restricted: a rule that fails very
 * often and dearly gets a small part of its budget for a minute, so that events made to fail it
 * cost less and all others find it at work. Thread-safe.
 */
public final class RuleCounters {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  final LongAdder normalized = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder failed = new LongAdder();

  private final AtomicBoolean defectTold = new AtomicBoolean();
  private final AtomicInteger allRestricted;
  private boolean counting;
  private long minuteStart;
  private int failuresInMinute;
  private long restrictedUntil;
  private volatile boolean restricted;

  /**
   * @param allRestricted counts the rules that are restricted
   */
  RuleCounters(AtomicInteger allRestricted) {
    this.allRestricted = allRestricted;
  }

  /** Events that it normalized, as of when {@link NormalizerStats#rules} was asked. */
  public long normalized() {
    return normalized.sum();
  }

  /** Events that it dropped. */
  public long dropped() {
    return dropped.sum();
  }

  /** Events on which it went over a limit, or of which its result could not be written. */
  public long failed() {
    return failed.sum();
  }

  /** True when it failed so often lately that it gets a small part of its budget. */
  public boolean isRestricted() {
    return restricted;
  }

  /**
   * Counts a failure. One for want of what a restriction has taken is none that prolongs it.
   *
   * @param dear whether it counts towards a restriction
   * @param now of a clock that never goes back, in nanoseconds
   * @return true when it is the one that restricts the rule
   */
  synchronized boolean fail(boolean dear, long now, int mostAMinute) {
    failed.increment();
    if (restricted || !dear) {
      return false;
    }
    if (!counting || now - minuteStart >= MINUTE) {
      counting = true;
      minuteStart = now;
      failuresInMinute = 0;
    }
    failuresInMinute++;
    if (mostAMinute == 0 || failuresInMinute < mostAMinute) {
      return false;
    }
    restrictedUntil = now + MINUTE;
    restricted = true;
    allRestricted.incrementAndGet();
    return true;
  }

  /** True once when the time of a restriction is over. */
  synchronized boolean isOver(long now) {
    if (!restricted || now - restrictedUntil < 0) {
      return false;
    }
    resume();
    return true;
  }

  synchronized void resume() {
    if (restricted) {
      restricted = false;
      allRestricted.decrementAndGet();
    }
    counting = false;
  }

  /** True for the first defect only: events can be made to meet it again and again. */
  boolean isFirstDefect() {
    return defectTold.compareAndSet(false, true);
  }
}
