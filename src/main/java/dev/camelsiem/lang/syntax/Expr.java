package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as written. Nothing here knows how to run. */
public sealed interface Expr {
  Span span();

  /** The expressions directly inside this one, in source order. */
  List<Expr> children();

  <R extends @Nullable Object> R accept(Visitor<R> visitor);

  /** One method per form: a new form does not compile until everybody knows it. */
  interface Visitor<R extends @Nullable Object> {
    R text(TextLiteral literal);

    R number(NumberLiteral literal);

    R bool(BoolLiteral literal);

    R nothing(NullLiteral literal);

    R variable(Variable variable);

    R field(Field field);

    R list(ListLiteral list);

    R index(Index index);

    R call(Call call);

    R not(Not not);

    R negate(Negate negate);

    R binary(Binary binary);

    R and(And and);

    R or(Or or);

    R choose(IfExpr choice);

    R select(SwitchExpr selection);

    R broken(Broken broken);
  }

  /** A string; the value has its escapes resolved. */
  record TextLiteral(Span span, String value) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of();
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.text(this);
    }
  }

  /** A number, never negative: the sign is a {@link Negate}. */
  record NumberLiteral(Span span, long value) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of();
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.number(this);
    }
  }

  /** True or false. */
  record BoolLiteral(Span span, boolean value) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of();
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.bool(this);
    }
  }

  /** The word {@code null}. */
  record NullLiteral(Span span) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of();
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.nothing(this);
    }
  }

  /** What can stand on the left of {@code =}. */
  sealed interface Target extends Expr permits Variable, Field {
    String name();
  }

  /** A variable; the name has no {@code $}. */
  record Variable(Span span, String name) implements Target {
    @Override
    public List<Expr> children() {
      return List.of();
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.variable(this);
    }
  }

  /** An event field; dots are part of the name. */
  record Field(Span span, String name) implements Target {
    @Override
    public List<Expr> children() {
      return List.of();
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.field(this);
    }
  }

  /** A list between brackets. */
  record ListLiteral(Span span, List<Expr> children) implements Expr {
    public ListLiteral {
      children = List.copyOf(children);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.list(this);
    }
  }

  /** {@code base[index]}. */
  record Index(Span span, Expr base, Expr index) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of(base, index);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.index(this);
    }
  }

  /** A function call. */
  record Call(Span span, Span nameSpan, String name, List<Expr> children) implements Expr {
    public Call {
      children = List.copyOf(children);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.call(this);
    }
  }

  /** {@code not operand}. */
  record Not(Span span, Expr operand) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of(operand);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.not(this);
    }
  }

  /** {@code -operand}. */
  record Negate(Span span, Expr operand) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of(operand);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.negate(this);
    }
  }

  /** Two operands around an operator. */
  record Binary(Span span, Operator operator, Expr left, Expr right) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of(left, right);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.binary(this);
    }
  }

  /** Two or more operands joined by {@code and}. */
  record And(Span span, List<Expr> children) implements Expr {
    public And {
      children = List.copyOf(children);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.and(this);
    }
  }

  /** Two or more operands joined by {@code or}. */
  record Or(Span span, List<Expr> children) implements Expr {
    public Or {
      children = List.copyOf(children);
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.or(this);
    }
  }

  /** One {@code if} or {@code elif} of an {@link IfExpr}. */
  record Choice(Expr condition, Expr value) {}

  /** {@code if} as an expression; without {@code else} it may be null. */
  record IfExpr(Span span, List<Choice> choices, @Nullable Expr otherwise) implements Expr {
    public IfExpr {
      choices = List.copyOf(choices);
    }

    @Override
    public List<Expr> children() {
      List<Expr> all = new ArrayList<>();
      for (Choice choice : choices) {
        all.add(choice.condition);
        all.add(choice.value);
      }
      if (otherwise != null) {
        all.add(otherwise);
      }
      return all;
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.choose(this);
    }
  }

  /** {@code switch} as an expression; no match and no {@code else} is null. */
  record SwitchExpr(Span span, Expr subject, List<Choice> cases, @Nullable Expr otherwise)
      implements Expr {
    public SwitchExpr {
      cases = List.copyOf(cases);
    }

    @Override
    public List<Expr> children() {
      List<Expr> all = new ArrayList<>();
      all.add(subject);
      for (Choice choice : cases) {
        all.add(choice.condition);
        all.add(choice.value);
      }
      if (otherwise != null) {
        all.add(otherwise);
      }
      return all;
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.select(this);
    }
  }

  /** Where an expression should stand but what stood there was reported; checks leave it alone. */
  record Broken(Span span) implements Expr {
    @Override
    public List<Expr> children() {
      return List.of();
    }

    @Override
    public <R extends @Nullable Object> R accept(Visitor<R> visitor) {
      return visitor.broken(this);
    }
  }
}
