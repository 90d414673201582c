package dev.camelsiem.flow.category;

/** What the licence allows to export (kcs-cef 3 and 6.4). */
public enum LicenceLevel {
  /** Everything but runtime events and the four categories marked advanced. */
  STANDARD,
  ADVANCED;

  public boolean allows(ExportCategory category) {
    return this == ADVANCED || !category.advanced();
  }

  /** Whether events of node monitoring may leave by runtime type. */
  public boolean allowsRuntime() {
    return this == ADVANCED;
  }
}
