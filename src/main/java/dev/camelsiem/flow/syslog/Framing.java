package dev.camelsiem.flow.syslog;

/** How frames are told apart. */
public enum Framing {
  /**
   * By the first bytes of the connection: counted when it begins with a length and a blank before
   * what syslog or CEF begins with.
   */
  AUTO,
  /** Each frame ends with LF or CR LF. */
  LF,
  /** Each frame begins with its length in digits and a blank. */
  OCTET_COUNTING
}
