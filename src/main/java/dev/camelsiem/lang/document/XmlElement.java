package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.XmlNode;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element of an XML body. Names are without their prefixes. Most elements have no children or no
 * attributes, and then no room for them; one of many children finds them by an index.
 */
final class XmlElement implements XmlNode {
  /** Up to so many children a walk beats an index. */
  private static final int FEW = 16;

  private final Text name;
  private final @Nullable XmlElement parent;
  private Map<Text, Text> attributes = Map.of();
  private List<XmlElement> children = List.of();
  private @Nullable Map<Text, List<XmlElement>> index;
  private Text text = Text.EMPTY;

  XmlElement(Text name, @Nullable XmlElement parent) {
    this.name = name;
    this.parent = parent;
    if (parent != null) {
      parent.add(this);
    }
  }

  private void add(XmlElement child) {
    if (children.isEmpty()) {
      children = new ArrayList<>(4);
    }
    children.add(child);
  }

  void putAttribute(Text attribute, Text value) {
    if (attributes.isEmpty()) {
      attributes = new LinkedHashMap<>(4);
    }
    attributes.putIfAbsent(attribute, value);
  }

  void setText(Text newText) {
    text = newText;
  }

  Map<Text, Text> attributes() {
    return attributes;
  }

  List<XmlElement> children() {
    return children;
  }

  @Nullable XmlElement parent() {
    return parent;
  }

  @Override
  public Text name() {
    return name;
  }

  @Override
  public @Nullable XmlNode child(Text wanted) {
    if (children.size() > FEW) {
      return named(wanted, 0);
    }
    for (XmlElement child : children) {
      if (child.name.equals(wanted)) {
        return child;
      }
    }
    return null;
  }

  @Override
  public @Nullable Text attribute(Text wanted) {
    return attributes.get(wanted);
  }

  @Override
  public Text text() {
    return text;
  }

  @Override
  public @Nullable XmlNode sibling(int n) {
    if (parent == null) {
      return n == 0 ? this : null;
    }
    if (parent.children.size() > FEW) {
      return parent.named(name, n);
    }
    int seen = 0;
    for (XmlElement sibling : parent.children) {
      if (sibling.name.equals(name) && seen++ == n) {
        return sibling;
      }
    }
    return null;
  }

  private @Nullable XmlElement named(Text wanted, int n) {
    if (index == null) {
      Map<Text, List<XmlElement>> made = new HashMap<>();
      for (XmlElement child : children) {
        made.computeIfAbsent(child.name, key -> new ArrayList<>(1)).add(child);
      }
      index = made;
    }
    List<XmlElement> all = index.getOrDefault(wanted, List.of());
    return n < all.size() ? all.get(n) : null;
  }

  @Override
  public boolean isEmpty() {
    return text.isEmpty() && children.isEmpty() && attributes.isEmpty();
  }
}
