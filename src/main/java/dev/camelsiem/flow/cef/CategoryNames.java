package dev.camelsiem.flow.cef;

import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.Choice;
import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.ComputedValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a line says itself which category it is of: a mapping may send the category's name. It is
 * the one way to tell for families whose category depends on fields of the event. Immutable.
 *
 * @param key of the extension, in which nothing else is ever sent
 * @param keys of the categories by their names, as a reader finds these in the line
 */
record CategoryNames(String key, Map<String, String> keys) {
  /** Null when the mapping does not send it, or sends words of the event under the same key. */
  static @Nullable CategoryNames of(CefMapping mapping) {
    for (ExtensionKey entry : mapping.extension()) {
      if (isCategory(entry) && mapping.extension().stream().noneMatch(each -> hides(each, entry))) {
        return new CategoryNames(entry.key(), keys(mapping, entry.key()));
      }
    }
    return null;
  }

  /** The key of the category of a name, or null. */
  @Nullable String of(@Nullable String name) {
    return name == null ? null : keys.get(name);
  }

  private static boolean isCategory(ExtensionKey entry) {
    return entry.value() == ComputedValue.CATEGORY;
  }

  /** Whether something else may stand under the key of an entry. */
  private static boolean hides(ExtensionKey other, ExtensionKey entry) {
    return other.key().equals(entry.key()) && !isCategory(other);
  }

  /** A name that two categories share once it is cut tells neither. */
  private static Map<String, String> keys(CefMapping mapping, String key) {
    Notation notation = Notation.of(mapping.format());
    List<Integer> limits =
        mapping.extension().stream()
            .filter(entry -> entry.key().equals(key))
            .map(ExtensionKey::limit)
            .distinct()
            .toList();
    Map<String, String> keys = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (Choice category : mapping.categories().values()) {
      for (int limit : limits) {
        String name = notation.read(notation.value(category.name(), limit));
        String other = keys.put(name, category.key());
        if (other != null && !other.equals(category.key())) {
          shared.add(name);
        }
      }
    }
    keys.keySet().removeAll(shared);
    return Map.copyOf(keys);
  }
}
