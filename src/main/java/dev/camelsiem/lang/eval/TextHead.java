package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.lang.value.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TEXT head: a pattern, and where each of its bindings goes. */
public final class TextHead extends HeadMatcher {
  /**
   * Where a binding of the pattern goes.
   *
   * @param type null for a variable, else the type of the field
   */
  public record Destination(int slot, @Nullable FieldType type) {}

  private final TextPattern pattern;
  private final Destination[] destinations;

  /**
   * A pattern and where its bindings go.
   *
   * @param destinations one per binding of the pattern
   */
  public TextHead(TextPattern pattern, List<Destination> destinations) {
    this.pattern = pattern;
    this.destinations = destinations.toArray(new Destination[0]);
  }

  @Override
  boolean match(Document document, Frame frame) {
    return matchText(document.text(), frame);
  }

  @Override
  void complete(Document document, Frame frame) {}

  @Override
  boolean matchText(Text text, Frame frame) {
    boolean matched =
        pattern.match(text.array(), text.from(), text.to(), frame.match, frame.budget);
    Trace trace = frame.trace();
    if (trace != null) {
      trace.pattern(pattern, text.array(), text.from(), text.to(), frame.match, matched);
    }
    if (matched) {
      bind(frame);
    }
    return matched;
  }

  private void bind(Frame frame) {
    for (int i = 0; i < destinations.length; i++) {
      if (!frame.match.isSet(i)) {
        continue;
      }
      Destination to = destinations[i];
      Object value = frame.match.value(i);
      if (to.type == null) {
        frame.variables[to.slot] = value;
      } else {
        frame.fields[to.slot] = to.type.convert(value, frame.budget);
      }
    }
  }

  @Override
  void save(Frame frame) {
    for (Destination to : destinations) {
      frame.save(to.type == null ? frame.variables[to.slot] : frame.fields[to.slot]);
    }
  }

  @Override
  void restore(Frame frame, int mark) {
    for (int i = destinations.length - 1; i >= 0; i--) {
      Destination to = destinations[i];
      if (to.type == null) {
        frame.variables[to.slot] = frame.saved(mark + i);
      } else {
        frame.fields[to.slot] = frame.saved(mark + i);
      }
    }
  }
}
