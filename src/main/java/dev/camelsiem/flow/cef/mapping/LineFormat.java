package dev.camelsiem.flow.cef.mapping;

import java.util.Locale;

/** The form of the lines that a mapping makes. */
public enum LineFormat {
  /** Common Event Format, version 0. */
  CEF,
  /** Log Event Extended Format, version 2.0. */
  LEEF;

  /** As mappings write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The keys that everybody knows. */
  CefDictionary dictionary() {
    return this == LEEF ? CefDictionary.leef() : CefDictionary.standard();
  }
}
