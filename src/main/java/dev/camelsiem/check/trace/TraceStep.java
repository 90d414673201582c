package dev.camelsiem.check.trace;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of an evaluation. Spans are places in the formula; values are texts as JSON shows them.
 */
public sealed interface TraceStep {
  /**
   * A TEXT format met a text.
   *
   * @param text the whole text, invalid UTF-8 replaced
   * @param captures in the order of the format
   * @param failure how far the text fitted, or null when it matched
   */
  record Pattern(String text, List<Capture> captures, @Nullable Furthest failure)
      implements TraceStep {}

  /**
   * What a token of a pattern captured.
   *
   * @param name variables with {@code $}
   * @param from offset in {@link Pattern#text()}, UTF-16 units; -1 when the value is null
   */
  record Capture(String name, Span place, String token, int from, int to, String value) {}

  /**
   * Where a match ended.
   *
   * @param at offset in {@link Pattern#text()}
   * @param place what was expected there, in the formula; null when that was the end of the text
   */
  record Furthest(int at, String expected, @Nullable Span place) {}

  /** A structured head met an event. */
  record Structured(Span head, boolean matched) implements TraceStep {}

  /** A condition or one of its operands was decided. */
  record Condition(Span part, boolean holds, List<Operand> operands) implements TraceStep {}

  /** A value that explains a condition. */
  record Operand(Span place, String value) {}

  /**
   * An assignment.
   *
   * @param value what the right side gave
   * @param stored what the target holds now; {@code null} although {@code value} is not means that
   *     the value does not convert to the type of the field
   */
  record Assigned(Span statement, String target, String value, String stored)
      implements TraceStep {}

  /** One way of an {@code if} or {@code switch} was taken. */
  record Branch(Span place, boolean implicit) implements TraceStep {}

  /** A submessage ended; {@code applied} is the subformula that matched, or null. */
  record Submessage(Span call, @Nullable Span applied) implements TraceStep {}

  /** A {@code drop} was executed. */
  record Dropped(Span statement) implements TraceStep {}
}
