package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.ComputedValue;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a line says itself which category it is of: a mapping may send the category's name. It is
 * the one way to tell for families whose category depends on fields of the event. Immutable.
 *
 * @param key of the extension
 * @param keys of the categories by their names
 */
record CategoryNames(String key, Map<String, String> keys) {
  /** Null when the mapping does not send it. */
  static @Nullable CategoryNames of(CefMapping mapping) {
    Map<String, String> keys =
        mapping.categories().values().stream()
            .collect(Collectors.toMap(Choice::name, Choice::key, (first, second) -> first));
    return mapping.extension().stream()
        .filter(entry -> entry.value() == ComputedValue.CATEGORY)
        .map(ExtensionKey::key)
        .findFirst()
        .map(key -> new CategoryNames(key, keys))
        .orElse(null);
  }

  /** The key of the category of a name, or null. */
  @Nullable String of(@Nullable String name) {
    return name == null ? null : keys.get(name);
  }
}
