package dev.camelsiem.flow.cef;

/** The one table between the severities of CEF and of syslog (kcs-cef 1.2). */
final class SyslogSeverity {
  private static final int[] BY_CEF = {6, 6, 6, 6, 4, 4, 4, 3, 3, 2, 2};

  private SyslogSeverity() {}

  /** Syslog severity 0..7 of a CEF severity 0..10. */
  static int of(int cefSeverity) {
    return BY_CEF[cefSeverity];
  }
}
