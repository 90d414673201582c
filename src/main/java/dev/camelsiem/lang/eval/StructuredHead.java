package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.lang.value.Text;
import dev.camelsiem.lang.value.XmlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A head over a decoded event: a path condition, and the variables that the rule reads from it. */
public final class StructuredHead extends HeadMatcher {
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
  private final Text[] names;
  private final int[] slots;
  private final int early;

  /**
   * A head over a decoded event.
   *
   * @param names of the variables that the event may bind
   * @param slots of these variables
   * @param early how many of them, from the first on, the rule's condition reads
   */
  public StructuredHead(
      Span span,
      Format format,
      PathCondition condition,
      List<Text> names,
      List<Integer> slots,
      int early) {
    this.span = span;
    this.format = format;
    this.condition = condition;
    this.names = names.toArray(new Text[0]);
    this.slots = slots.stream().mapToInt(i -> i).toArray();
    this.early = early;
  }

  @Override
  boolean match(Document document, Frame frame) {
    boolean matched = load(document, frame, 0, early, true);
    if (frame.trace() != null) {
      frame.trace().structured(span, matched);
    }
    return matched;
  }

  @Override
  void complete(Document document, Frame frame) {
    load(document, frame, early, slots.length, false);
  }

  @Override
  boolean matchText(Text text, Frame frame) {
    frame.budget.scan(text.length());
    Document document = Document.of(text.array(), text.from(), text.to(), DocumentLimits.DEFAULT);
    if (!match(document, frame)) {
      return false;
    }
    complete(document, frame);
    return true;
  }

  private boolean load(Document document, Frame frame, int from, int to, boolean test) {
    if (format == Format.XML) {
      XmlNode root = document.xml();
      return root != null && (!test || holds(root)) && bind(root, frame, from, to);
    }
    MapValue map = map(document);
    return map != null && (!test || holds(map)) && bind(map, frame, from, to);
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

  private boolean bind(MapValue map, Frame frame, int from, int to) {
    for (int i = from; i < to; i++) {
      Object value = map.get(names[i]);
      if (value != null) {
        frame.variables[slots[i]] = value;
      }
    }
    return true;
  }

  private boolean bind(XmlNode root, Frame frame, int from, int to) {
    for (int i = from; i < to; i++) {
      if (names[i].equals(root.name())) {
        frame.variables[slots[i]] = root;
      }
    }
    return true;
  }

  @Override
  void save(Frame frame) {
    for (int slot : slots) {
      frame.save(frame.variables[slot]);
    }
  }

  @Override
  void restore(Frame frame, int mark) {
    for (int i = 0; i < slots.length; i++) {
      frame.variables[slots[i]] = frame.saved(mark + i);
    }
  }
}
