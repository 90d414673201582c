package dev.camelsiem.content.i18n;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;

/**
 * When an event description applies (xp-language 9.3): comparisons for equality, joined by {@code
 * and} and {@code or}. Spans count from the start of the criteria's own text.
 */
public sealed interface Criteria {
  /** True when at least one part is. */
  record AnyOf(List<Criteria> parts) implements Criteria {}

  /** True when every part is. */
  record AllOf(List<Criteria> parts) implements Criteria {}

  /** {@code left = right}, or {@code left != right} when {@code negated}. */
  record Comparison(Operand left, boolean negated, Operand right) implements Criteria {}

  /** One side of a comparison. */
  sealed interface Operand {
    Span span();
  }

  /**
   * A field of the event.
   *
   * @param dollar true when it was written as {@code $name}, which older texts do
   */
  record Field(String name, boolean dollar, Span span) implements Operand {}

  /** A text in quotes. */
  record Literal(String text, Span span) implements Operand {}

  /** The word {@code null}: the other side is not set. */
  record Null(Span span) implements Operand {}

  /** Every comparison in it, in the order of the text. */
  default List<Comparison> comparisons() {
    if (this instanceof Comparison comparison) {
      return List.of(comparison);
    }
    List<Criteria> parts = this instanceof AnyOf any ? any.parts() : ((AllOf) this).parts();
    return parts.stream().flatMap(part -> part.comparisons().stream()).toList();
  }
}
