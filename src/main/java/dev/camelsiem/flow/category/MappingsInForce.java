package dev.camelsiem.flow.category;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.cef.mapping.LineFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of a step and what it lets one subscribe to.
 *
 * @param mappings by which JSON is encoded, in the order in which an event looks for its own
 * @param known by which lines are read that have their form already; an earlier step may have made
 *     these by mappings that this one does not encode by
 * @param catalogue what lines of the known ones may be, and of others that may come encoded
 */
public record MappingsInForce(
    List<CefMapping> mappings, List<CefMapping> known, Catalogue catalogue) {
  public MappingsInForce {
    mappings = List.copyOf(mappings);
    known = List.copyOf(known);
  }

  /** Loads them, as {@link #load(String, String)} does when no more are known. */
  public static MappingsInForce load(@Nullable String locations) {
    return load(locations, null);
  }

  /**
   * Loads them.
   *
   * @param locations one or several, separated by commas; null or blank for container security's
   * @param known more of them, to read lines by; null or blank for none, or where no locations are
   *     named either for all that ship with this jar: lines in CEF are read by them, and the
   *     categories are those of every format
   * @throws IllegalArgumentException when they cannot be used, or not together
   */
  public static MappingsInForce load(@Nullable String locations, @Nullable String known) {
    boolean standard = isBlank(locations);
    if (standard && isBlank(known)) {
      List<CefMapping> shipped = CefMappings.SHIPPED.stream().map(CefMappings::load).toList();
      return new MappingsInForce(
          List.of(shipped.get(CefMappings.SHIPPED.indexOf(CefMappings.CONTAINER_SECURITY))),
          shipped.stream().filter(mapping -> mapping.format() == LineFormat.CEF).toList(),
          Catalogue.of(shipped));
    }
    List<CefMapping> mappings =
        CefMappings.loadAll(
            standard || locations == null ? CefMappings.CONTAINER_SECURITY : locations);
    Set<CefMapping> all = new LinkedHashSet<>(mappings);
    if (known != null && !isBlank(known)) {
      all.addAll(CefMappings.loadAll(known));
    }
    List<CefMapping> reading = List.copyOf(all);
    return new MappingsInForce(mappings, reading, Catalogue.of(reading));
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
