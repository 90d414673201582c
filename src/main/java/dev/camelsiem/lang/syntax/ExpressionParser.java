package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.syntax.Expr.Choice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The expressions of xp 11, one method a rule of the grammar. */
final class ExpressionParser {
  private final TokenReader tokens;
  private int openBlocks;

  ExpressionParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  /**
   * How many {@code if} and {@code switch} expressions a failure left open; asking forgets them.
   */
  int abandonedBlocks() {
    int abandoned = openBlocks;
    openBlocks = 0;
    return abandoned;
  }

  /** A whole expression; one whose tree is too high is reported and given back broken. */
  Expr expression() {
    Expr expr = or();
    if (isTooHigh(expr)) {
      tokens.report(tokens.tooDeep(expr.span()));
      return new Expr.Broken(expr.span());
    }
    return expr;
  }

  /**
   * An expression that must be a condition: {@code =} after it is reported and read as {@code ==}.
   */
  Expr condition() {
    Expr left = expression();
    while (tokens.at(TokenType.ASSIGN)) {
      tokens.report(
          SyntaxCode.ASSIGNMENT_IN_CONDITION
              .at(tokens.file(), tokens.peek().span())
              .withHint("compare with `==`"));
      tokens.take();
      left = new Expr.Broken(left.span().to(expression().span()));
    }
    return left;
  }

  private Expr or() {
    List<Expr> parts = new ArrayList<>();
    parts.add(and());
    while (tokens.accept(TokenType.OR)) {
      parts.add(and());
    }
    return parts.size() == 1 ? parts.get(0) : new Expr.Or(around(parts), parts);
  }

  private Expr and() {
    List<Expr> parts = new ArrayList<>();
    parts.add(not());
    while (tokens.accept(TokenType.AND)) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.get(0) : new Expr.And(around(parts), parts);
  }

  private static Span around(List<Expr> parts) {
    return parts.get(0).span().to(parts.get(parts.size() - 1).span());
  }

  private Expr not() {
    if (!tokens.at(TokenType.NOT)) {
      return comparison();
    }
    Span from = tokens.take().span();
    tokens.enter();
    Expr operand = not();
    tokens.leave();
    return new Expr.Not(from.to(operand.span()), operand);
  }

  private Expr comparison() {
    Expr left = sum();
    for (Operator operator = comparisonOperator();
        operator != null;
        operator = comparisonOperator()) {
      tokens.take();
      left = binary(operator, left, sum());
    }
    return left;
  }

  private @Nullable Operator comparisonOperator() {
    return switch (tokens.peek().type()) {
      case EQUAL -> Operator.EQUAL;
      case NOT_EQUAL -> Operator.NOT_EQUAL;
      case LESS -> Operator.LESS;
      case GREATER -> Operator.GREATER;
      case LESS_OR_EQUAL -> Operator.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      default -> null;
    };
  }

  private Expr sum() {
    Expr left = product();
    while (tokens.at(TokenType.PLUS) || tokens.at(TokenType.MINUS)) {
      boolean plus = tokens.take().is(TokenType.PLUS);
      left = binary(plus ? Operator.ADD : Operator.SUBTRACT, left, product());
    }
    return left;
  }

  private Expr product() {
    Expr left = unary();
    for (Operator operator = productOperator(); operator != null; operator = productOperator()) {
      tokens.take();
      left = binary(operator, left, unary());
    }
    return left;
  }

  private @Nullable Operator productOperator() {
    boolean call = tokens.peek(1).is(TokenType.LEFT_PARENTHESIS);
    return switch (tokens.peek().type()) {
      case STAR -> Operator.MULTIPLY;
      case SLASH -> Operator.DIVIDE;
      case DIV -> call ? null : Operator.INTEGER_DIVIDE;
      case MOD -> call ? null : Operator.MODULO;
      default -> null;
    };
  }

  private static Expr binary(Operator operator, Expr left, Expr right) {
    return new Expr.Binary(left.span().to(right.span()), operator, left, right);
  }

  private Expr unary() {
    if (!tokens.at(TokenType.MINUS)) {
      return postfix();
    }
    Span from = tokens.take().span();
    tokens.enter();
    Expr operand = unary();
    tokens.leave();
    return new Expr.Negate(from.to(operand.span()), operand);
  }

  private Expr postfix() {
    Expr base = primary();
    while (tokens.at(TokenType.LEFT_BRACKET)) {
      tokens.take();
      Expr index = nested();
      Span end = tokens.expect(TokenType.RIGHT_BRACKET).span();
      base = new Expr.Index(base.span().to(end), base, index);
    }
    return base;
  }

  private Expr nested() {
    tokens.enter();
    Expr inner = or();
    tokens.leave();
    return inner;
  }

  private Expr primary() {
    Token token = tokens.peek();
    return switch (token.type()) {
      case STRING -> new Expr.TextLiteral(tokens.take().span(), token.text());
      case NUMBER -> number(tokens.take());
      case NULL -> new Expr.NullLiteral(tokens.take().span());
      case TRUE, FALSE -> new Expr.BoolLiteral(tokens.take().span(), token.is(TokenType.TRUE));
      case VARIABLE -> new Expr.Variable(tokens.take().span(), token.text());
      case NAME -> nameOrCall();
      case DIV, MOD, SUBMESSAGE -> {
        if (!tokens.peek(1).is(TokenType.LEFT_PARENTHESIS)) {
          throw noValue(token);
        }
        yield nameOrCall();
      }
      case LEFT_BRACKET -> list();
      case LEFT_PARENTHESIS -> parenthesized();
      case IF -> ifExpression();
      case SWITCH -> switchExpression();
      default -> throw noValue(token);
    };
  }

  private TokenReader.Failure noValue(Token token) {
    String hint = token.is(TokenType.BANG) ? "write `not`" : null;
    return tokens.fail(
        SyntaxCode.MISSING_VALUE.at(tokens.file(), token.span(), token.shown()).withHint(hint));
  }

  private Expr number(Token token) {
    try {
      return new Expr.NumberLiteral(token.span(), Long.parseLong(token.text()));
    } catch (NumberFormatException tooLarge) {
      tokens.report(SyntaxCode.NUMBER_TOO_LARGE.at(tokens.file(), token.span(), token.text()));
      return new Expr.Broken(token.span());
    }
  }

  private Expr nameOrCall() {
    Token name = tokens.take();
    if (!tokens.accept(TokenType.LEFT_PARENTHESIS)) {
      return new Expr.Field(name.span(), name.text());
    }
    List<Expr> arguments = elements(TokenType.RIGHT_PARENTHESIS);
    return new Expr.Call(tokens.since(name.span()), name.span(), name.text(), arguments);
  }

  private Expr list() {
    Span from = tokens.take().span();
    List<Expr> elements = elements(TokenType.RIGHT_BRACKET);
    return new Expr.ListLiteral(tokens.since(from), elements);
  }

  /** Expressions between commas up to and with a closing token; a trailing comma is fine. */
  List<Expr> elements(TokenType close) {
    List<Expr> elements = new ArrayList<>();
    while (!tokens.accept(close)) {
      elements.add(nested());
      if (!tokens.accept(TokenType.COMMA)) {
        if (!tokens.at(close)) {
          throw tokens.fail(
              SyntaxCode.UNEXPECTED_TOKEN.at(
                  tokens.file(),
                  tokens.peek().span(),
                  "`,` or " + close.shown(),
                  tokens.peek().shown()));
        }
      }
    }
    return elements;
  }

  private Expr parenthesized() {
    tokens.take();
    Expr inner = nested();
    if (tokens.at(TokenType.ASSIGN)) {
      tokens.enter();
      Token assign = tokens.take();
      tokens.report(
          SyntaxCode.ASSIGNMENT_IN_CONDITION
              .at(tokens.file(), assign.span())
              .withHint("compare with `==`"));
      inner = new Expr.Broken(inner.span().to(or().span()));
      tokens.leave();
    }
    tokens.expect(TokenType.RIGHT_PARENTHESIS);
    return inner;
  }

  private Expr ifExpression() {
    Token opening = tokens.peek();
    openBlocks++;
    List<Choice> choices = new ArrayList<>();
    do {
      tokens.take();
      Expr condition = nested();
      tokens.expect(TokenType.THEN);
      choices.add(new Choice(condition, nested()));
    } while (tokens.at(TokenType.ELIF));
    Expr otherwise = tokens.accept(TokenType.ELSE) ? nested() : null;
    close(opening, TokenType.ENDIF);
    return new Expr.IfExpr(tokens.since(opening.span()), choices, otherwise);
  }

  private Expr switchExpression() {
    Token opening = tokens.take();
    openBlocks++;
    Expr subject = nested();
    List<Choice> cases = new ArrayList<>();
    while (tokens.accept(TokenType.CASE)) {
      Expr value = caseValue();
      cases.add(new Choice(value, nested()));
    }
    Expr otherwise = tokens.accept(TokenType.ELSE) ? nested() : null;
    close(opening, TokenType.ENDSWITCH);
    return new Expr.SwitchExpr(tokens.since(opening.span()), subject, cases, otherwise);
  }

  /**
   * The value of a case. A literal before {@code -} or {@code [} ends there, so that {@code case
   * "a" -1} and {@code case 1 ["x"]} have a value and a result.
   */
  Expr caseValue() {
    boolean literal = tokens.at(TokenType.STRING) || tokens.at(TokenType.NUMBER);
    TokenType next = tokens.peek(1).type();
    if (literal && (next == TokenType.MINUS || next == TokenType.LEFT_BRACKET)) {
      return primary();
    }
    return nested();
  }

  private void close(Token opening, TokenType end) {
    if (!tokens.at(end)) {
      throw tokens.fail(
          SyntaxCode.UNEXPECTED_TOKEN
              .at(tokens.file(), tokens.peek().span(), end.shown(), tokens.peek().shown())
              .withHint(
                  opening.type().shown()
                      + " on line "
                      + tokens.file().line(opening.span().from())
                      + " is an expression: it ends with "
                      + end.shown()));
    }
    tokens.take();
    openBlocks--;
  }

  /** Long chains of operators nest without recursion in the parser, so the height is measured. */
  private static boolean isTooHigh(Expr expr) {
    Deque<Expr> level = new ArrayDeque<>();
    level.add(expr);
    for (int height = 0; !level.isEmpty(); height++) {
      if (height > TokenReader.DEEPEST) {
        return true;
      }
      for (int left = level.size(); left > 0; left--) {
        level.addAll(level.remove().children());
      }
    }
    return false;
  }
}
