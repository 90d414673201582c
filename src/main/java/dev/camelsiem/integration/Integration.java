package dev.camelsiem.integration;

import java.util.Set;

/**
 * One configured connection to a SIEM (kcs-cef 6.1). Immutable.
 *
 * @param id stable name for links, cursors and reloads; the name unless set
 * @param name what people call it, unique without regard to case
 */
public record Integration(
    String id,
    String name,
    boolean enabled,
    Destination destination,
    Selection selection,
    CefSettings cef,
    DeliverySettings delivery) {

  /**
   * What it wants.
   *
   * @param categories keys of the catalogue, like the runtime event types
   * @param minSeverity lowest CEF severity that passes, 0..10
   */
  public record Selection(Set<String> categories, Set<String> runtimeEventTypes, int minSeverity) {
    public Selection {
      categories = Set.copyOf(categories);
      runtimeEventTypes = Set.copyOf(runtimeEventTypes);
    }
  }

  /** For banners and logs: {@code "Main SIEM" tcp://192.0.2.10:514}. */
  @Override
  public String toString() {
    return '"' + name + "\" " + destination;
  }
}
