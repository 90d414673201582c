package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * XML in the shape of JSON (xp 2.3.3): attributes become members, text beside attributes becomes
 * {@code text}, an element with text only a string, an empty one null, repeated ones a list.
 */
final class XmlMap {
  private static final Text TEXT = Text.of("text");

  private XmlMap() {}

  /** A map with the root element as its only member. */
  static MapValue root(XmlElement root) {
    Map<Text, @Nullable Object> map = new LinkedHashMap<>();
    map.put(root.name(), value(root));
    return MapValue.of(map);
  }

  private static @Nullable Object value(XmlElement element) {
    if (element.attributes().isEmpty() && element.children().isEmpty()) {
      return element.text().isEmpty() ? null : element.text();
    }
    Map<Text, @Nullable Object> map = new LinkedHashMap<>(element.attributes());
    Map<Text, List<@Nullable Object>> children = new LinkedHashMap<>();
    for (XmlElement child : element.children()) {
      children.computeIfAbsent(child.name(), name -> new ArrayList<>()).add(value(child));
    }
    children.forEach(
        (name, values) -> map.put(name, values.size() == 1 ? values.get(0) : ListValue.of(values)));
    if (!element.text().isEmpty()) {
      map.putIfAbsent(TEXT, element.text());
    }
    return MapValue.of(map);
  }
}
