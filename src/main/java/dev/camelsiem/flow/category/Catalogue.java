package dev.camelsiem.flow.category;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.util.List;

/**
 * What an integration may subscribe to: export categories and runtime event types of the mappings
 * in force. The runtime event types of container security are always there, so that a file which
 * names them serves any mapping. Immutable.
 */
public record Catalogue(Choices categories, Choices runtimeTypes) {
  /** Read once; a mapping that ships does not change. */
  private static final class Standard {
    static final List<Choice> RUNTIME_TYPES =
        List.copyOf(CefMappings.load(CefMappings.CONTAINER_SECURITY).runtimeTypes().values());
  }

  /**
   * The catalogue of some mappings.
   *
   * @throws IllegalArgumentException when a key means two things in them
   */
  public static Catalogue of(List<CefMapping> mappings) {
    return new Catalogue(
        Choices.of("category", mappings, CefMapping::categories),
        Choices.of("runtime event type", mappings, CefMapping::runtimeTypes)
            .or(Standard.RUNTIME_TYPES));
  }
}
