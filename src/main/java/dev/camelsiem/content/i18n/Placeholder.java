package dev.camelsiem.content.i18n;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code {field}} in the text of an event description.
 *
 * @param field what stands between the braces, blanks around it removed
 * @param span in the text of the description, braces included
 * @param closed false when the closing brace is missing
 */
public record Placeholder(String field, Span span, boolean closed) {
  /** All placeholders of a description, in order. Braces cannot be escaped (xp-language 9.2). */
  public static List<Placeholder> in(String description) {
    List<Placeholder> found = new ArrayList<>();
    for (int open = description.indexOf('{'); open >= 0; ) {
      int close = description.indexOf('}', open);
      int next = description.indexOf('{', open + 1);
      boolean closed = close >= 0 && (next < 0 || close < next);
      int end = closed ? close + 1 : next < 0 ? description.length() : next;
      String field = description.substring(open + 1, closed ? close : end).strip();
      found.add(new Placeholder(field, new Span(open, end), closed));
      open = next;
    }
    return found;
  }
}
