package dev.camelsiem.flow.category;

import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;

/** What the licence allows to export (kcs-cef 3 and 6.4). */
public enum LicenceLevel {
  /** Everything but the categories and runtime event types that a mapping marks ADVANCED. */
  STANDARD,
  ADVANCED;

  public boolean allows(Choice choice) {
    return this == ADVANCED || !choice.advanced();
  }
}
