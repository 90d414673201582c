package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.pattern.Match;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.text.Text;
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

  // Two arrays instead of one of destinations: with thousands of rules it is memory that costs.
  private final int[] slots;
  private final @Nullable FieldType[] types;

  /**
   * A pattern and where its bindings go.
   *
   * @param destinations one per binding of the pattern
   */
  public TextHead(TextPattern pattern, List<Destination> destinations) {
    this.pattern = pattern;
    this.slots = destinations.stream().mapToInt(Destination::slot).toArray();
    this.types = new @Nullable FieldType[slots.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = destinations.get(i).type();
    }
  }

  @Override
  boolean match(Document document, Frame frame) {
    Text text = document.text();
    return matched(frame.match(pattern, text), text, frame);
  }

  @Override
  void complete(Document document, Frame frame) {}

  @Override
  boolean matchText(Text text, Frame frame) {
    boolean matched =
        pattern.match(text.array(), text.from(), text.to(), frame.match, frame.budget);
    return matched(matched, text, frame);
  }

  private boolean matched(boolean matched, Text text, Frame frame) {
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
    Match match = frame.match;
    for (int i = 0; i < slots.length; i++) {
      if (!match.isSet(i)) {
        continue;
      }
      FieldType type = types[i];
      if (type == null) {
        frame.variables[slots[i]] = match.value(i);
      } else if (type == FieldType.STRING && match.isPlain(i)) {
        frame.fields[slots[i]] = match.text(i);
      } else {
        frame.fields[slots[i]] = type.convert(match.value(i), frame.budget);
      }
    }
  }

  @Override
  void save(Frame frame) {
    for (int i = 0; i < slots.length; i++) {
      frame.save(types[i] == null ? frame.variables[slots[i]] : frame.fields[slots[i]]);
    }
  }

  @Override
  void restore(Frame frame, int mark) {
    for (int i = slots.length - 1; i >= 0; i--) {
      if (types[i] == null) {
        frame.variables[slots[i]] = frame.saved(mark + i);
      } else {
        frame.fields[slots[i]] = frame.saved(mark + i);
      }
    }
  }
}
