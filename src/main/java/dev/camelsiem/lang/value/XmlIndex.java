package dev.camelsiem.lang.value;

import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** What an index means on an XML node (xp 2.3.5). */
final class XmlIndex {
  private XmlIndex() {}

  static @Nullable Object member(XmlNode node, Text key) {
    if (key.isEmpty()) {
      return null;
    }
    if (key.byteAt(0) == '@') {
      return node.attribute(key.slice(1, key.length()));
    }
    if (key.length() == 1 && key.byteAt(0) == '!') {
      return node.text().isEmpty() ? null : node.text();
    }
    return orNull(node.child(key));
  }

  static @Nullable XmlNode orNull(@Nullable XmlNode node) {
    return node == null || node.isEmpty() ? null : node;
  }
}
