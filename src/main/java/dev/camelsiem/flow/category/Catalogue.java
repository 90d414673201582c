package dev.camelsiem.flow.category;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.util.List;

/**
 * What an integration may subscribe to: export categories and runtime event types of the mappings
 * in force. The runtime event types of container security are always there, so that a file which
 * names them serves any mapping. Immutable.
 */
public record Catalogue(Choices categories, Choices runtimeTypes) {
  /**
   * The catalogue of some mappings.
   *
   * @throws IllegalArgumentException when a key means two things in them
   */
  public static Catalogue of(List<CefMapping> mappings) {
    CefMapping standard = CefMappings.load(CefMappings.CONTAINER_SECURITY);
    return new Catalogue(
        Choices.of("category", mappings, CefMapping::categories),
        Choices.of("runtime event type", mappings, CefMapping::runtimeTypes)
            .or(standard.runtimeTypes().values()));
  }
}
