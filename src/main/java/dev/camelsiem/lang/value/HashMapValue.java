package dev.camelsiem.lang.value;

import dev.camelsiem.text.Text;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map over a {@link java.util.HashMap}, whose bins become trees when keys collide: {@link Text}
 * is comparable, so hostile keys can't make it slow.
 */
final class HashMapValue implements MapValue {
  private final Map<Text, @Nullable Object> entries;

  HashMapValue(Map<Text, @Nullable Object> entries) {
    this.entries = entries;
  }

  @Override
  public @Nullable Object get(Text key) {
    return entries.get(key);
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    entries.forEach(visitor);
  }
}
