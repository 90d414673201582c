package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as written. */
public sealed interface Statement {
  Span span();

  <R extends @Nullable Object> R accept(Visitor<R> visitor);

  /** One method per form. */
  interface Visitor<R extends @Nullable Object> {
    R assign(Assign assign);

    R branch(If branch);

    R select(Switch selection);

    R submessage(Submessage submessage);

    R drop(Drop drop);
  }

  /** {@code target = value}. */
  record Assign(Span span, Expr.Target target, Expr value) implements Statement {
    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.assign(this);
    }
  }

  /**
   * The statements of one {@code if}, {@code elif} or {@code case}.
   *
   * @param span from the keyword to the end of the condition: what a trace or a coverage report
   *     points at
   */
  record Branch(Span span, Expr condition, List<Statement> body) {
    public Branch {
      body = List.copyOf(body);
    }
  }

  /** The statements after {@code else}; the span is the keyword. */
  record Else(Span span, List<Statement> body) {
    public Else {
      body = List.copyOf(body);
    }
  }

  /** {@code if} with its {@code elif}s. */
  record If(Span span, List<Branch> branches, @Nullable Else otherwise) implements Statement {
    public If {
      branches = List.copyOf(branches);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.branch(this);
    }
  }

  /** {@code switch} over statements; the condition of a branch is the value of its case. */
  record Switch(Span span, Expr subject, List<Branch> cases, @Nullable Else otherwise)
      implements Statement {
    public Switch {
      cases = List.copyOf(cases);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.select(this);
    }
  }

  /** {@code submessage(format, name, text)}. */
  record Submessage(Span span, Expr format, Expr name, Expr text) implements Statement {
    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.submessage(this);
    }
  }

  /** {@code drop}: the event yields nothing. */
  record Drop(Span span) implements Statement {
    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.drop(this);
    }
  }
}
