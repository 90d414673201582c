package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole formula.
 *
 * @param subformulas in source order; several may share a name
 */
public record Formula(Body body, List<Subformula> subformulas) {
  public Formula {
    subformulas = List.copyOf(subformulas);
  }

  /** Heads, condition and statements, of the formula or of one of its subformulas. */
  public record Body(List<Head> heads, @Nullable Condition condition, List<Statement> statements) {
    public Body {
      heads = List.copyOf(heads);
      statements = List.copyOf(statements);
    }
  }

  /**
   * {@code KIND = 'format'}.
   *
   * @param marked written with {@code !}, which has no effect (xp 2.1)
   */
  public record Head(Span span, boolean marked, HeadKind kind, Expr.TextLiteral format) {}

  /** {@code COND = value}, possibly marked with {@code !}. */
  public record Condition(Span span, boolean marked, Expr value) {}

  /** {@code subformula "name" ... endsubformula}; the span is keyword and name. */
  public record Subformula(Span span, String name, Body body) {}
}
