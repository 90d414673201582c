package dev.camelsiem.flow.normalize;

import dev.camelsiem.lang.eval.Program;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The rules that are in force and what they have done. Thread-safe; the work is done by {@link
 * #newWorker workers}, one per thread.
 */
public final class Normalizer {
  /** A rule set with everything that is looked up by a rule's number. */
  static final class Active {
    final RuleSet set;

    /** By rule, without the way over the rule: with thousands of them it is in no cache. */
    final Program[] programs;

    final RuleCounters[] counters;
    final Outcome[] normalized;

    Active(RuleSet set, NormalizerStats stats) {
      this.set = set;
      List<NamedRule> named = set.rules();
      programs = named.stream().map(each -> each.rule().program()).toArray(Program[]::new);
      counters = named.stream().map(r -> stats.rule(r.id())).toArray(RuleCounters[]::new);
      normalized = named.stream().map(r -> Outcome.normalized(r.id())).toArray(Outcome[]::new);
    }
  }

  private final LongSupplier clock;
  private final NormalizerOptions options;
  private final NormalizerStats stats = new NormalizerStats();
  private volatile Active active;

  public Normalizer(RuleSet rules, NormalizerOptions options) {
    this(rules, options, System::nanoTime);
  }

  /**
   * @param clock never goes back, in nanoseconds
   */
  Normalizer(RuleSet rules, NormalizerOptions options, LongSupplier clock) {
    this.clock = clock;
    this.options = options;
    this.active = new Active(rules, stats);
  }

  /** Puts other rules in force, all at once; events that are being looked at keep the old ones. */
  public void replace(RuleSet rules) {
    Active next = new Active(rules, stats);
    for (RuleCounters counters : next.counters) {
      counters.resume();
    }
    active = next;
  }

  public RuleSet ruleSet() {
    return active.set;
  }

  public NormalizerStats stats() {
    return stats;
  }

  public NormalizerOptions options() {
    return options;
  }

  /** Somebody to do the work on one thread. */
  public NormalizerWorker newWorker() {
    return new NormalizerWorker(this);
  }

  LongSupplier clock() {
    return clock;
  }

  Active active() {
    return active;
  }
}
