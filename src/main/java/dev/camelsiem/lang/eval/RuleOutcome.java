package dev.camelsiem.lang.eval;

/** What became of an event that one rule looked at. */
public enum RuleOutcome {
  /** The head or the condition did not match. */
  NO_MATCH,
  /** The rule executed {@code drop}. */
  DROPPED,
  /** The fields stand in the frame. */
  NORMALIZED,
  /** A limit was exceeded; {@link Frame#failure} says which. */
  FAILED
}
