package dev.camelsiem.flow.ruleset;

/** What becomes of an event that no rule matches. */
public enum Unmatched {
  /** It goes on in its place, in an envelope that says that it is not normalized. */
  PASS,
  /** It ends here, counted. */
  DROP,
  /** It goes to the dead letters. */
  DEADLETTER
}
