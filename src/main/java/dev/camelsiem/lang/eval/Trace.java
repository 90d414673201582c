package dev.camelsiem.lang.eval;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.pattern.Match;
import dev.camelsiem.lang.pattern.TextPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one evaluation, for the debugger and for coverage. Called in the order of events, on
 * the thread that evaluates; what it is given is valid only during the call. Every method does
 * nothing unless overridden.
 */
public interface Trace {
  /** A part of a condition whose value explains the result, and what it was at the time. */
  record Operand(Span span, @Nullable Object value) {}

  /**
   * A TEXT format met a text.
   *
   * @param match the bindings, or the furthest point when it did not match; its offsets refer to
   *     {@code bytes}
   */
  default void pattern(
      TextPattern pattern, byte[] bytes, int from, int to, Match match, boolean matched) {}

  /** A structured head met an event; {@code head} is the whole head in the source. */
  default void structured(Span head, boolean matched) {}

  /** A condition, or one operand of the {@code and} that it is, was decided. */
  default void condition(Span part, boolean holds, List<Operand> operands) {}

  /**
   * A variable or field was assigned.
   *
   * @param target as written, variables with {@code $}
   * @param value before the conversion to the field's type
   * @param stored what the target holds now; null also when the conversion failed
   */
  default void assigned(
      Span statement, String target, @Nullable Object value, @Nullable Object stored) {}

  /** One way of an {@code if} or {@code switch} was taken. */
  default void branch(BranchPoint point) {}

  /**
   * A submessage ended.
   *
   * @param applied where the subformula that matched begins, or null when none did
   */
  default void submessage(Span call, @Nullable Span applied) {}

  /** A {@code drop} was executed. */
  default void dropped(Span statement) {}
}
