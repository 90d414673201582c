package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.Family;
import org.jspecify.annotations.Nullable;

/** Finds the family of a mapping that an id is of. */
final class FamilyFinder {
  private FamilyFinder() {}

  /** Whether the events of the rule with an id are for a mapping. */
  static boolean isFor(CefMapping mapping, String id) {
    return mapping.rules().isEmpty() || IdPattern.anyMatches(mapping.rules(), id);
  }

  /**
   * The family that an event's id is of: by its prefix, else the first with a pattern that is its;
   * null when it is of none, or when the mapping is for other rules.
   */
  static @Nullable Family of(CefMapping mapping, String id) {
    if (!isFor(mapping, id)) {
      return null;
    }
    Family byPrefix = byPrefix(mapping, id);
    if (byPrefix != null) {
      return byPrefix;
    }
    return mapping.families().values().stream()
        .filter(each -> IdPattern.anyMatches(each.ids(), id))
        .findFirst()
        .orElse(null);
  }

  /** The family whose name an id begins with, unless it is known by patterns. */
  static @Nullable Family byPrefix(CefMapping mapping, String id) {
    int end = id.indexOf(mapping.event().familySeparator());
    Family family = mapping.families().get(end < 0 ? id : id.substring(0, end));
    return family == null || !family.ids().isEmpty() ? null : family;
  }
}
