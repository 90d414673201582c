package dev.camelsiem.flow.category;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of a step and what it lets one subscribe to.
 *
 * @param mappings in the order in which an event looks for its own
 */
public record MappingsInForce(List<CefMapping> mappings, Catalogue catalogue) {
  /**
   * Loads them.
   *
   * @param locations one or several, separated by commas; null or blank for the standard: container
   *     security's mapping, and the categories of all that ships with this jar, since an earlier
   *     step may encode by any of these
   * @throws IllegalArgumentException when they cannot be used, or not together
   */
  public static MappingsInForce load(@Nullable String locations) {
    if (locations == null || locations.isBlank()) {
      List<CefMapping> shipped = CefMappings.SHIPPED.stream().map(CefMappings::load).toList();
      return new MappingsInForce(
          CefMappings.loadAll(CefMappings.CONTAINER_SECURITY), Catalogue.of(shipped));
    }
    List<CefMapping> mappings = CefMappings.loadAll(locations);
    return new MappingsInForce(mappings, Catalogue.of(mappings));
  }
}
