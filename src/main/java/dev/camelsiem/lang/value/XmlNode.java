package dev.camelsiem.lang.value;

import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * An XML element as the language sees it: navigated by index (xp 2.3.5), and its text when a scalar
 * is wanted. Names are without namespace.
 */
public interface XmlNode {
  Text name();

  /** The first child element of this name, or null. */
  @Nullable XmlNode child(Text name);

  /** The value of an attribute, or null. */
  @Nullable Text attribute(Text name);

  /** The element's own text, trimmed; empty when it has none. */
  Text text();

  /**
   * The n-th element of this name below the same parent, counted from 0; for n = 0 the element
   * itself when it is the first. Null when there is none.
   */
  @Nullable XmlNode sibling(int n);

  /** True when the element has neither text nor children nor attributes: it reads as null. */
  boolean isEmpty();
}
