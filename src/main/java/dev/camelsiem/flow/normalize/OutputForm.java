package dev.camelsiem.flow.normalize;

import dev.camelsiem.flow.describe.Describe;

/** What normalized events become. Thread-safe; the work is done by writers. */
public interface OutputForm {
  /**
   * A writer for one thread, for the events of one set of rules.
   *
   * @param mostBytes what one event may become, or what its line may take from it
   */
  OutputWriter newWriter(RuleSet rules, int mostBytes);

  /** The languages with whose descriptions the rules should be loaded. */
  Describe describe();

  /** What was out of the ordinary since the start, for people; empty when nothing was. */
  String oddities();
}
