package dev.camelsiem.lang.document;

import dev.camelsiem.lang.value.Text;
import dev.camelsiem.lang.value.XmlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element of an XML body. Names are without their prefixes. */
final class XmlElement implements XmlNode {
  private final Text name;
  private final @Nullable XmlElement parent;
  private final Map<Text, Text> attributes = new LinkedHashMap<>();
  private final List<XmlElement> children = new ArrayList<>();
  private Text text = Text.EMPTY;

  XmlElement(Text name, @Nullable XmlElement parent) {
    this.name = name;
    this.parent = parent;
    if (parent != null) {
      parent.children.add(this);
    }
  }

  void putAttribute(Text attribute, Text value) {
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
    int seen = 0;
    for (XmlElement sibling : parent.children) {
      if (sibling.name.equals(name) && seen++ == n) {
        return sibling;
      }
    }
    return null;
  }

  @Override
  public boolean isEmpty() {
    return text.isEmpty() && children.isEmpty() && attributes.isEmpty();
  }
}
