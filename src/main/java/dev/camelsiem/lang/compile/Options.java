package dev.camelsiem.lang.compile;

/**
 * How to compile.
 *
 * @param appendix sets host fields and importance after the rule's statements (xp 7.6)
 * @param lint looks for what is probably a mistake
 */
public record Options(boolean appendix, boolean lint) {
  /** As rule tests and tools want it: warnings, no appendix. */
  public static final Options FOR_AUTHORS = new Options(false, true);

  /** As a pipeline wants it: no warnings, no appendix. */
  public static final Options FOR_PRODUCTION = new Options(false, false);

  public Options withAppendix(boolean on) {
    return new Options(on, lint);
  }
}
