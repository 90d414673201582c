package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.lang.value.XmlNode;
import dev.camelsiem.text.Text;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A head over a decoded event: a path condition, and the variables that the rule reads from it. */
public final class StructuredHead extends HeadMatcher {
  // To decode a text takes longer than to look at it, and to begin takes longest.
  private static final int JSON_STEPS = 16;
  private static final int JSON_BYTES_A_STEP = 4;
  private static final int XML_STEPS = 160;
  private static final int XML_BYTES_A_STEP = 2;

  /** How the event is decoded. */
  public enum Format {
    JSON,
    TABULAR,
    EVENTLOG,
    XML
  }

  private final Span span;
  private final Format format;
  private final PathCondition condition;
  private final List<Text> names;

  /** By slot: bound when somebody reads it, since the rule never assigns it. */
  private final boolean[] late;

  /** Slots of the variables that the condition reads, in ascending order. */
  private final int[] early;

  /**
   * A head over a decoded event.
   *
   * @param names of all variables of the rule by slot, any of which the event may bind; the heads
   *     of a rule share the list
   * @param early slots of those that the section's condition reads, in ascending order
   * @param late slots of those that are read as {@link Reads#eventVariable}
   */
  public StructuredHead(
      Span span,
      Format format,
      PathCondition condition,
      List<Text> names,
      List<Integer> early,
      Set<Integer> late) {
    this.span = span;
    this.format = format;
    this.condition = condition;
    this.names = names;
    this.early = early.stream().mapToInt(i -> i).toArray();
    this.late = new boolean[names.size()];
    late.forEach(slot -> this.late[slot] = true);
  }

  @Override
  boolean match(Document document, Frame frame) {
    boolean matched = load(document, frame, true);
    if (frame.trace() != null) {
      frame.trace().structured(span, matched);
    }
    return matched;
  }

  @Override
  void complete(Document document, Frame frame) {
    load(document, frame, false);
  }

  @Override
  boolean matchText(Text text, Frame frame) {
    boolean xml = format == Format.XML;
    frame.budget.step(
        (xml ? XML_STEPS : JSON_STEPS)
            + text.length() / (xml ? XML_BYTES_A_STEP : JSON_BYTES_A_STEP));
    Document document = Document.of(text.array(), text.from(), text.to(), DocumentLimits.DEFAULT);
    if (!match(document, frame)) {
      return false;
    }
    complete(document, frame);
    return true;
  }

  /**
   * Binds variables.
   *
   * @param first tests the head's condition and binds what the section's reads, else the rest
   */
  private boolean load(Document document, Frame frame, boolean first) {
    if (format == Format.XML) {
      XmlNode root = document.xml();
      return root != null && (!first || holds(root)) && bind(root, null, frame, first);
    }
    MapValue map = map(document);
    if (first) {
      frame.readFrom(document, this);
    }
    return map != null && (!first || holds(map)) && bind(null, map, frame, first);
  }

  private @Nullable MapValue map(Document document) {
    return switch (format) {
      case EVENTLOG -> document.eventlog();
      case TABULAR -> document.tabular();
      case JSON -> document.json();
      case XML -> throw new IllegalStateException("XML has no map");
    };
  }

  private boolean holds(MapValue map) {
    return condition.path().isEmpty() || condition.holds(map.get(condition.path().get(0)));
  }

  private boolean holds(XmlNode root) {
    return condition.path().isEmpty()
        || (root.name().equals(condition.path().get(0)) && condition.holds(root));
  }

  private boolean bind(@Nullable XmlNode root, @Nullable MapValue map, Frame frame, boolean first) {
    if (first) {
      frame.budget.step(early.length);
      for (int slot : early) {
        bind(root, map, frame, slot);
      }
      return true;
    }
    frame.budget.step(names.size());
    int next = 0;
    for (int slot = 0; slot < names.size(); slot++) {
      if (next < early.length && early[next] == slot) {
        next++;
      } else {
        bind(root, map, frame, slot);
      }
    }
    return true;
  }

  boolean isLate(int slot) {
    return late[slot];
  }

  /** What an event that this matches has for a variable. */
  @Nullable Object variable(Document document, int slot) {
    MapValue map = late[slot] ? map(document) : null;
    return map == null ? null : map.get(names.get(slot));
  }

  private void bind(@Nullable XmlNode root, @Nullable MapValue map, Frame frame, int slot) {
    if (late[slot]) {
      return;
    }
    Text name = names.get(slot);
    Object value =
        map != null ? map.get(name) : root != null && name.equals(root.name()) ? root : null;
    if (value != null) {
      frame.variables[slot] = value;
    }
  }

  @Override
  void save(Frame frame) {
    frame.budget.step(names.size());
    for (int slot = 0; slot < names.size(); slot++) {
      frame.save(frame.variables[slot]);
    }
  }

  @Override
  void restore(Frame frame, int mark) {
    for (int slot = 0; slot < names.size(); slot++) {
      frame.variables[slot] = frame.saved(mark + slot);
    }
  }
}
