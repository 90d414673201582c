package dev.camelsiem.flow.normalize;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The events that one worker has normalized, by the number of the rule. Only the worker's thread
 * counts, so that it needs no atomic operation and with thousands of rules little memory; whoever
 * asks for figures {@linkplain #collect collects} them.
 */
final class WorkerCounts {
  private final RuleCounters[] rules;
  private final AtomicLongArray normalized;
  private final long[] collected;

  WorkerCounts(RuleCounters[] rules) {
    this.rules = rules;
    normalized = new AtomicLongArray(rules.length);
    collected = new long[rules.length];
  }

  /** Counts an event. On the worker's thread. */
  void normalized(int rule) {
    normalized.setOpaque(rule, normalized.getPlain(rule) + 1);
  }

  /** Tells the rules what has come since the last time. */
  synchronized void collect() {
    for (int i = 0; i < rules.length; i++) {
      long now = normalized.getOpaque(i);
      rules[i].normalized.add(now - collected[i]);
      collected[i] = now;
    }
  }
}
