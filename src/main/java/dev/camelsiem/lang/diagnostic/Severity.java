package dev.camelsiem.lang.diagnostic;

import java.util.Locale;

/** How bad a finding is. Only an {@link #ERROR} keeps a text from being used. */
public enum Severity {
  ERROR,
  WARNING,
  NOTE;

  /** The word that stands at the front of a rendered finding. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
