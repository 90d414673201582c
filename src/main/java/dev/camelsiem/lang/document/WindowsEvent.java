package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A Windows event as its rules see it (xp 2.3.3): the members of {@code Event.System}, {@code
 * $Data}, the other children of {@code Event}, and those of {@code EventData}, in this order.
 */
final class WindowsEvent implements MapValue {
  static final Text EVENT = Text.of("Event");
  static final Text SYSTEM = Text.of("System");
  static final Text EVENT_DATA = Text.of("EventData");
  static final Text DATA = Text.of("Data");

  private final MapValue event;
  private final @Nullable MapValue system;
  private final @Nullable MapValue eventData;
  private @Nullable Object data;
  private boolean dataIsMade;

  private WindowsEvent(MapValue event) {
    this.event = event;
    this.system = event.get(SYSTEM) instanceof MapValue map ? map : null;
    this.eventData = event.get(EVENT_DATA) instanceof MapValue map ? map : null;
  }

  /** The event below the root member {@code Event}; null when the root has none. */
  static @Nullable WindowsEvent of(MapValue root) {
    return root.get(EVENT) instanceof MapValue event ? new WindowsEvent(event) : null;
  }

  @Override
  public @Nullable Object get(Text name) {
    if (name.equals(DATA)) {
      return data();
    }
    Object value = system == null ? null : system.get(name);
    if (value == null && !name.equals(SYSTEM) && !name.equals(EVENT_DATA)) {
      value = event.get(name);
      if (value == null && eventData != null) {
        value = eventData.get(name);
      }
    }
    return value;
  }

  @Override
  public int size() {
    int[] size = {0};
    forEach((name, value) -> size[0]++);
    return size[0];
  }

  @Override
  public void forEach(BiConsumer<Text, @Nullable Object> visitor) {
    if (system != null) {
      system.forEach((name, value) -> visitOnce(name, value, visitor));
    }
    Object named = data();
    if (named != null) {
      visitor.accept(DATA, named);
    }
    event.forEach(
        (name, value) -> {
          if (!name.equals(SYSTEM) && !name.equals(EVENT_DATA)) {
            visitOnce(name, value, visitor);
          }
        });
    if (eventData != null) {
      eventData.forEach((name, value) -> visitOnce(name, value, visitor));
    }
  }

  /** Skips what another member of the same name hides. */
  private void visitOnce(
      Text name, @Nullable Object value, BiConsumer<Text, @Nullable Object> visitor) {
    if (value != null && !name.equals(DATA) && get(name) == value) {
      visitor.accept(name, value);
    }
  }

  private @Nullable Object data() {
    if (!dataIsMade) {
      data = eventData == null ? null : normalized(eventData.get(DATA));
      dataIsMade = true;
    }
    return data;
  }

  /** The five shapes of {@code EventData.Data}. */
  private static @Nullable Object normalized(@Nullable Object raw) {
    if (raw instanceof JsonArray array) {
      MapValue fast = array.named();
      if (fast != null) {
        return fast;
      }
    }
    if (raw instanceof ListValue list) {
      MapValue named = NamedData.of(list);
      return named == null ? list : named;
    }
    if (raw instanceof MapValue map) {
      MapValue named = NamedData.of(ListValue.ofArray(new Object[] {map}));
      return named == null ? map : named;
    }
    return raw == null ? null : ListValue.ofArray(new Object[] {raw});
  }
}
