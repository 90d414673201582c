package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.syntax.Formula.Body;
import dev.camelsiem.lang.syntax.Formula.Condition;
import dev.camelsiem.lang.syntax.Formula.Head;
import dev.camelsiem.lang.syntax.Formula.Subformula;
import dev.camelsiem.lang.syntax.Statement.Branch;
import dev.camelsiem.lang.syntax.Statement.Else;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Heads, statements and subformulas of xp 11. After a broken construct it goes on at the next thing
 * that can begin a statement.
 */
final class FormulaParser {
  private static final List<String> STARTERS =
      List.of(
          "if",
          "switch",
          "drop",
          "submessage",
          "subformula",
          "COND",
          "TEXT",
          "TABULAR",
          "JSON",
          "EVENTLOG",
          "XML",
          "elif",
          "else",
          "endif",
          "case",
          "endswitch",
          "endsubformula");

  private final TokenReader tokens;
  private final ExpressionParser expressions;
  private final List<Subformula> subformulas = new ArrayList<>();

  FormulaParser(TokenReader tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  Formula formula() {
    BodyBuilder body = new BodyBuilder();
    while (!tokens.at(TokenType.END)) {
      topLevel(body);
    }
    body.requireHead("the formula", Span.START);
    return new Formula(body.build(), subformulas);
  }

  /** One head, condition or statement, of the formula or of a subformula. */
  private void topLevel(BodyBuilder body) {
    int depth = tokens.depth();
    try {
      if (tokens.at(TokenType.SUBFORMULA)) {
        subformula();
      } else if (isHead()) {
        body.head(head());
      } else if (isCondition()) {
        body.condition(condition());
      } else {
        body.statements.add(statement());
      }
    } catch (TokenReader.Failure reported) {
      tokens.depth(depth);
      skipToStatement();
    }
  }

  private boolean isHead() {
    return HeadKind.find(afterBang(0).text()) != null && isAssigned();
  }

  private boolean isCondition() {
    return afterBang(0).text().equals("COND") && isAssigned();
  }

  private boolean isAssigned() {
    return afterBang(0).is(TokenType.NAME) && afterBang(1).is(TokenType.ASSIGN);
  }

  private Token afterBang(int ahead) {
    return tokens.peek(tokens.at(TokenType.BANG) ? ahead + 1 : ahead);
  }

  private Head head() {
    Span from = tokens.peek().span();
    boolean marked = tokens.accept(TokenType.BANG);
    HeadKind kind = HeadKind.find(tokens.take().text());
    tokens.expect(TokenType.ASSIGN);
    Token format = tokens.expect(TokenType.STRING);
    if (kind == null) {
      throw new IllegalStateException("a head without kind");
    }
    return new Head(
        tokens.since(from), marked, kind, new Expr.TextLiteral(format.span(), format.text()));
  }

  private Condition condition() {
    Span from = tokens.peek().span();
    boolean marked = tokens.accept(TokenType.BANG);
    tokens.take();
    tokens.expect(TokenType.ASSIGN);
    Expr value = expressions.condition();
    return new Condition(tokens.since(from), marked, value);
  }

  private void subformula() {
    Token keyword = tokens.take();
    tokens.enter();
    String name = "";
    if (tokens.at(TokenType.STRING) || tokens.at(TokenType.NAME)) {
      name = tokens.take().text();
    } else {
      tokens.report(
          SyntaxCode.UNEXPECTED_TOKEN.at(
              tokens.file(), tokens.peek().span(), "the subformula's name", tokens.peek().shown()));
    }
    Span span = tokens.since(keyword.span());
    BodyBuilder body = new BodyBuilder();
    while (!tokens.at(TokenType.ENDSUBFORMULA) && !tokens.at(TokenType.END)) {
      if (tokens.at(TokenType.SUBFORMULA)) {
        tokens.report(
            SyntaxCode.MISPLACED
                .at(tokens.file(), tokens.peek().span(), "a subformula", "another")
                .withHint("close the outer one with `endsubformula` first"));
      }
      topLevel(body);
    }
    if (!tokens.accept(TokenType.ENDSUBFORMULA)) {
      tokens.report(
          SyntaxCode.UNCLOSED_BLOCK.at(
              tokens.file(), keyword.span(), "subformula", "endsubformula"));
    }
    tokens.leave();
    body.requireHead("the subformula", span);
    subformulas.add(new Subformula(span, name, body.build()));
  }

  private Statement statement() {
    Token token = tokens.peek();
    return switch (token.type()) {
      case IF -> ifStatement();
      case SWITCH -> switchStatement();
      case DROP -> new Statement.Drop(tokens.take().span());
      case SUBMESSAGE -> submessage();
      case VARIABLE, NAME -> assignment();
      case ENDIF, ENDSWITCH, ENDSUBFORMULA, ELSE, ELIF, CASE -> throw strayEnd();
      default ->
          throw tokens.fail(
              SyntaxCode.NOT_A_STATEMENT.at(tokens.file(), token.span(), token.shown()));
    };
  }

  private TokenReader.Failure strayEnd() {
    Token token = tokens.take();
    return tokens.fail(SyntaxCode.STRAY_BLOCK_END.at(tokens.file(), token.span(), token.shown()));
  }

  private Statement assignment() {
    Token name = tokens.take();
    if (tokens.at(TokenType.LEFT_BRACKET) && isIndexedAssignment()) {
      throw tokens.fail(
          SyntaxCode.INDEXED_ASSIGNMENT
              .at(tokens.file(), name.span(), shownTarget(name))
              .withHint("lists grow with `append(list, value)`; maps cannot be changed"));
    }
    if (!tokens.at(TokenType.ASSIGN)) {
      throw notAssigned(name);
    }
    tokens.take();
    Expr.Target target =
        name.is(TokenType.VARIABLE)
            ? new Expr.Variable(name.span(), name.text())
            : new Expr.Field(name.span(), name.text());
    Expr value = value(name);
    return new Statement.Assign(name.span().to(value.span()), target, value);
  }

  /** The right side; when the next statement stands there, the finding points at the {@code =}. */
  private Expr value(Token name) {
    if (isAssignmentAhead() || tokens.at(TokenType.END) || isBlockEnd(tokens.peek().type())) {
      throw tokens.fail(
          SyntaxCode.MISSING_VALUE
              .at(tokens.file(), tokens.previous().span(), "nothing")
              .withHint("write `" + shownTarget(name) + " = null` to clear it"));
    }
    return expressions.expression();
  }

  private static String shownTarget(Token name) {
    return name.is(TokenType.VARIABLE) ? "$" + name.text() : name.text();
  }

  private boolean isAssignmentAhead() {
    boolean target = tokens.at(TokenType.VARIABLE) || tokens.at(TokenType.NAME);
    return target && tokens.peek(1).is(TokenType.ASSIGN);
  }

  /** Looks over balanced brackets for the {@code =} behind them, but not endlessly. */
  private boolean isIndexedAssignment() {
    int nesting = 0;
    for (int ahead = 0; ahead < TokenReader.DEEPEST; ahead++) {
      Token token = tokens.peek(ahead);
      if (token.is(TokenType.LEFT_BRACKET)) {
        nesting++;
      } else if (token.is(TokenType.RIGHT_BRACKET)) {
        nesting--;
      } else if (nesting == 0 || token.is(TokenType.END)) {
        return token.is(TokenType.ASSIGN);
      }
    }
    return false;
  }

  private TokenReader.Failure notAssigned(Token name) {
    String hint = null;
    if (tokens.at(TokenType.EQUAL)) {
      hint = "`==` compares; write `=` to assign";
    } else if (name.is(TokenType.NAME)) {
      hint = NearNames.hint(name.text(), STARTERS);
    }
    if (hint == null && tokens.at(TokenType.LEFT_PARENTHESIS)) {
      hint = "the result of a function must be assigned: `$x = " + name.text() + "(...)`";
    }
    return tokens.fail(
        SyntaxCode.NOT_A_STATEMENT.at(tokens.file(), name.span(), name.shown()).withHint(hint));
  }

  private Statement submessage() {
    Token keyword = tokens.take();
    tokens.expect(TokenType.LEFT_PARENTHESIS);
    List<Expr> arguments = expressions.elements(TokenType.RIGHT_PARENTHESIS);
    Span span = tokens.since(keyword.span());
    if (arguments.size() != 3) {
      throw tokens.fail(
          SyntaxCode.UNEXPECTED_TOKEN
              .at(tokens.file(), span, "3 arguments", arguments.size())
              .withHint("write `submessage(\"TEXT\", \"name\", $text)`"));
    }
    return new Statement.Submessage(span, arguments.get(0), arguments.get(1), arguments.get(2));
  }

  private Statement ifStatement() {
    Token opening = tokens.peek();
    tokens.enter();
    List<Branch> branches = new ArrayList<>();
    do {
      Span from = tokens.take().span();
      Expr condition = conditionUpToThen();
      Span span = tokens.since(from);
      branches.add(new Branch(span, condition, block()));
    } while (tokens.at(TokenType.ELIF));
    Else otherwise = otherwise();
    close(opening, TokenType.ENDIF, otherwise);
    tokens.leave();
    return new Statement.If(tokens.since(opening.span()), branches, otherwise);
  }

  /** A broken condition does not take the whole block with it. */
  private Expr conditionUpToThen() {
    int depth = tokens.depth();
    Span from = tokens.peek().span();
    try {
      Expr condition = expressions.condition();
      tokens.expect(TokenType.THEN);
      return condition;
    } catch (TokenReader.Failure reported) {
      tokens.depth(depth);
      expressions.abandonedBlocks();
      while (!tokens.at(TokenType.THEN)
          && !startsStatement()
          && !tokens.at(TokenType.END)
          && !isBlockEnd(tokens.peek().type())) {
        tokens.take();
      }
      tokens.accept(TokenType.THEN);
      return new Expr.Broken(from);
    }
  }

  private Statement switchStatement() {
    Token opening = tokens.take();
    tokens.enter();
    Expr subject = expressions.expression();
    List<Branch> cases = new ArrayList<>();
    while (tokens.at(TokenType.CASE)) {
      Span from = tokens.take().span();
      Expr value = expressions.caseValue();
      Span span = tokens.since(from);
      cases.add(new Branch(span, value, block()));
    }
    Else otherwise = otherwise();
    close(opening, TokenType.ENDSWITCH, otherwise);
    tokens.leave();
    return new Statement.Switch(tokens.since(opening.span()), subject, cases, otherwise);
  }

  private @Nullable Else otherwise() {
    if (!tokens.at(TokenType.ELSE)) {
      return null;
    }
    Span span = tokens.take().span();
    return new Else(span, block());
  }

  private void close(Token opening, TokenType end, @Nullable Else otherwise) {
    if (tokens.accept(end)) {
      return;
    }
    boolean elseIf =
        otherwise != null
            && !otherwise.body().isEmpty()
            && otherwise.body().get(0) instanceof Statement.If inner
            && tokens.file().line(inner.span().from())
                == tokens.file().line(otherwise.span().from());
    tokens.report(
        SyntaxCode.UNCLOSED_BLOCK
            .at(tokens.file(), opening.span(), opening.type().symbol(), end.symbol())
            .withHint(
                elseIf
                    ? "`else if` opens a second `if`: write `elif`"
                    : "close it with " + end.shown()));
  }

  /** Statements up to something that ends a block. */
  private List<Statement> block() {
    List<Statement> statements = new ArrayList<>();
    while (!endsBlock()) {
      int depth = tokens.depth();
      try {
        statements.add(statement());
      } catch (TokenReader.Failure reported) {
        tokens.depth(depth);
        skipToStatement();
      }
    }
    return statements;
  }

  private boolean endsBlock() {
    return isBlockEnd(tokens.peek().type())
        || tokens.at(TokenType.SUBFORMULA)
        || tokens.at(TokenType.END)
        || isHead()
        || isCondition();
  }

  private static boolean isBlockEnd(TokenType type) {
    return switch (type) {
      case ENDIF, ENDSWITCH, ENDSUBFORMULA, ELSE, ELIF, CASE -> true;
      default -> false;
    };
  }

  /**
   * After a broken construct: to the next statement or to the end of the block around it. The ends
   * of {@code if} and {@code switch} expressions on the way belong to what is skipped.
   */
  private void skipToStatement() {
    int open = expressions.abandonedBlocks();
    while (!tokens.at(TokenType.END)) {
      TokenType type = tokens.peek().type();
      if (startsStatement() || (open == 0 && (isBlockEnd(type) || isBlockOnNewLine()))) {
        return;
      }
      if (type == TokenType.IF || type == TokenType.SWITCH) {
        open++;
      } else if (type == TokenType.ENDIF || type == TokenType.ENDSWITCH) {
        open--;
      }
      tokens.take();
    }
  }

  private boolean isBlockOnNewLine() {
    return (tokens.at(TokenType.IF) || tokens.at(TokenType.SWITCH))
        && line(tokens.peek()) > line(tokens.previous());
  }

  private int line(Token token) {
    return tokens.file().line(token.span().from());
  }

  private boolean startsStatement() {
    return switch (tokens.peek().type()) {
      case DROP, SUBMESSAGE, SUBFORMULA, ENDSUBFORMULA -> true;
      case VARIABLE, NAME -> isAssignmentAhead();
      case BANG -> isHead() || isCondition();
      default -> false;
    };
  }

  /** Collects what a formula or subformula consists of. */
  private final class BodyBuilder {
    private final List<Head> heads = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();
    private @Nullable Condition condition;

    void head(Head head) {
      heads.add(head);
    }

    void condition(Condition next) {
      if (condition != null) {
        tokens.report(
            SyntaxCode.SECOND_CONDITION
                .at(tokens.file(), next.span())
                .withHint("join both with `and` in one `COND`"));
      }
      condition = next;
    }

    void requireHead(String owner, Span span) {
      if (heads.isEmpty()) {
        tokens.report(
            SyntaxCode.NO_HEAD
                .at(tokens.file(), span, owner)
                .withHint(
                    "begin with `TEXT = '...'`, `JSON = ''`, `EVENTLOG = ''`, `XML = ''` or"
                        + " `TABULAR = ''`"));
      }
    }

    Body build() {
      return new Body(heads, condition, statements);
    }
  }
}
