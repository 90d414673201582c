package dev.camelsiem.lang.value;

import dev.camelsiem.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A Map value: a JSON object or the result of {@code keyvalue}; never changes. */
public interface MapValue {
  /** A map without entries. */
  MapValue EMPTY = of(Map.of());

  /** The value of a key; null when it is absent or null. */
  @Nullable Object get(Text key);

  int size();

  /** Visits the entries in the order of the source. */
  void forEach(BiConsumer<Text, @Nullable Object> visitor);

  /** A map of these entries, copied, in their order. */
  static MapValue of(Map<Text, ? extends @Nullable Object> entries) {
    return new HashMapValue(new LinkedHashMap<>(entries));
  }
}
