package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.document.EventPath;
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

  private final Span span;
  private final DocumentFormat format;
  private final PathCondition condition;

  /** Of the condition; null when there is none. */
  private final @Nullable EventPath place;

  private final List<Text> names;

  /** By slot: bound when somebody reads it, since the rule never assigns it. */
  private final boolean[] late;

  /** What it costs to bind the variables that the condition reads. */
  private final int steps;

  /** Slots of those of them that are not bound late, in ascending order. */
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
      DocumentFormat format,
      PathCondition condition,
      List<Text> names,
      List<Integer> early,
      Set<Integer> late) {
    this.span = span;
    this.format = format;
    this.condition = condition;
    this.place = condition.path().isEmpty() ? null : EventPath.of(format, condition.path());
    this.names = names;
    this.late = new boolean[names.size()];
    late.forEach(slot -> this.late[slot] = true);
    this.steps = early.size();
    this.early = early.stream().mapToInt(i -> i).filter(slot -> !this.late[slot]).toArray();
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
    boolean xml = format == DocumentFormat.XML;
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
    if (!document.has(format)) {
      return false;
    }
    if (!first) {
      frame.budget.step(names.size());
      int next = 0;
      for (int slot = 0; slot < late.length; slot++) {
        if (next < early.length && early[next] == slot) {
          next++;
        } else if (!late[slot]) {
          bind(document, frame, slot);
        }
      }
      return true;
    }
    frame.readFrom(document, this);
    if (place != null && !condition.holds(document.find(place))) {
      return false;
    }
    frame.budget.step(steps);
    for (int slot : early) {
      bind(document, frame, slot);
    }
    return true;
  }

  private void bind(Document document, Frame frame, int slot) {
    Object value = document.variable(format, names.get(slot));
    if (value != null) {
      frame.variables[slot] = value;
    }
  }

  boolean isLate(int slot) {
    return late[slot];
  }

  /** What an event that this matches has for a variable. */
  @Nullable Object variable(Document document, int slot) {
    return late[slot] ? document.variable(format, names.get(slot)) : null;
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
