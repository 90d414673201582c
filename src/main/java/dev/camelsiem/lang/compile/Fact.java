package dev.camelsiem.lang.compile;

import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that must hold for a rule's COND to hold, said about a variable that the head binds. A
 * rule set's index is made of these; COND itself is still evaluated.
 */
public sealed interface Fact {
  VariablePath path();

  /** The value equals a constant in the sense of {@code ==}; the constant is never null. */
  record Equals(VariablePath path, Object constant) implements Fact {}

  /** The value equals one of these constants in the sense of {@code ==}; one may be null. */
  record OneOf(VariablePath path, List<@Nullable Object> constants) implements Fact {}

  /** The value is not null. */
  record IsSet(VariablePath path) implements Fact {}

  /** The value as text contains this part. */
  record Contains(VariablePath path, Text part) implements Fact {}
}
