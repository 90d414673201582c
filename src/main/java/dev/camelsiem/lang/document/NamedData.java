package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A list of {@code {"Name": n, "text": t}} as a map from n to t. Of several entries with one name
 * the first wins; an entry without text is null; one with another payload has that as its value.
 */
final class NamedData implements MapValue {
  private static final Text NAME = Text.of("Name");
  private static final Text TEXT = Text.of("text");

  private final Text[] names;
  private final @Nullable Object[] payloads;
  private final int size;
  private final Map<Text, Integer> index;

  private NamedData(Text[] names, @Nullable Object[] payloads, int size, Map<Text, Integer> index) {
    this.names = names;
    this.payloads = payloads;
    this.size = size;
    this.index = index;
  }

  /** Null when no element has a name. */
  static @Nullable NamedData of(ListValue list) {
    int length = list.size();
    Text[] names = new Text[length];
    @Nullable Object[] payloads = new @Nullable Object[length];
    Map<Text, Integer> index = new HashMap<>();
    int size = 0;
    for (int i = 0; i < length; i++) {
      if (list.get(i) instanceof MapValue entry && entry.get(NAME) instanceof Text name) {
        names[size] = name;
        payloads[size] = payload(entry);
        index.putIfAbsent(name, size++);
      }
    }
    return size == 0 ? null : new NamedData(names, payloads, size, index);
  }

  @Override
  public @Nullable Object get(Text key) {
    Integer at = index.get(key);
    return at == null ? null : payloads[at];
  }

  private static @Nullable Object payload(MapValue entry) {
    Object text = entry.get(TEXT);
    if (text != null || entry.size() < 2) {
      return text;
    }
    Nested nested = new Nested();
    entry.forEach(nested);
    return nested.found;
  }

  /** Finds the first member that is an object or a list. */
  private static final class Nested implements BiConsumer<Text, @Nullable Object> {
    private @Nullable Object found;

    @Override
    public void accept(Text key, @Nullable Object value) {
      if (found == null && (value instanceof MapValue || value instanceof ListValue)) {
        found = value;
      }
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    for (int i = 0; i < size; i++) {
      visitor.accept(names[i], payloads[i]);
    }
  }
}
