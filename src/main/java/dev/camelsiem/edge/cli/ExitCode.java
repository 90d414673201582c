package dev.camelsiem.edge.cli;

/** What the commands return to the shell. */
public final class ExitCode {
  /** Everything was done and nothing was found. */
  public static final int CLEAN = 0;

  /**
   * The work was done and there are findings: errors in rules, failed tests, events that could not
   * be processed.
   */
  public static final int FINDINGS = 1;

  /** Wrong use: unknown options, unreadable files, nothing to work on. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
