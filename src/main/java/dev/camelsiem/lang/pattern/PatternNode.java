package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;

/** A TEXT format as written. Nothing here knows how to match. */
sealed interface PatternNode {
  /** Where it stands in the source text. */
  Span span();

  /**
   * A lexeme of literal text outside of groups: a run of word characters or one other character.
   */
  record Lexeme(String text, Span span) implements PatternNode {}

  /** What an item of a group repeats. */
  enum Repeat {
    ONCE,
    ONE_OR_MORE,
    ANY
  }

  /**
   * One item of a group.
   *
   * @param arguments of the token; for {@link TokenKind#QUOTED} the text itself
   * @param binding index of its binding, or -1
   */
  record Item(TokenKind kind, List<String> arguments, Repeat repeat, int binding, Span span)
      implements PatternNode {}

  /**
   * Alternatives in order; an empty alternative matches nothing.
   *
   * @param optional true when {@code ?} makes the group as a whole optional
   */
  record Group(List<List<Item>> alternatives, boolean optional, Span span) implements PatternNode {}
}
