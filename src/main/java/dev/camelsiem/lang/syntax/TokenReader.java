package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;

/** The parser's eye on the tokens, and the place where its findings go. */
final class TokenReader {
  /** Deepest nesting of expressions and of statements; bounds the stack of everybody who walks. */
  static final int DEEPEST = 200;

  /** Leaves a broken construct; caught where the next statement is looked for. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Failure() {
      super(null, null, false, false);
    }
  }

  private final SourceFile file;
  private final List<Token> tokens;
  private final Diagnostics diagnostics;
  private final boolean truncated;
  private int at;
  private int depth;
  private int reported;

  /**
   * @param truncated the lexer gave up before the end, so nothing found missing there is news
   */
  TokenReader(SourceFile file, List<Token> tokens, Diagnostics diagnostics, boolean truncated) {
    this.file = file;
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.truncated = truncated;
  }

  SourceFile file() {
    return file;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  /** The token before the current one; at the start the current one. */
  Token previous() {
    return tokens.get(Math.max(0, at - 1));
  }

  Token take() {
    Token token = peek();
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  boolean at(TokenType type) {
    return peek().is(type);
  }

  boolean accept(TokenType type) {
    if (!at(type)) {
      return false;
    }
    take();
    return true;
  }

  /** Takes a token of a type or reports what stands there instead. */
  Token expect(TokenType type) {
    if (!at(type)) {
      throw fail(SyntaxCode.UNEXPECTED_TOKEN.at(file, peek().span(), type.shown(), peek().shown()));
    }
    return take();
  }

  /** From a place to the end of the last token taken. */
  Span since(Span from) {
    return from.to(previous().span());
  }

  void report(Diagnostic finding) {
    boolean follower = truncated && at(TokenType.END);
    if (!follower && reported++ < Diagnostics.MOST_PER_FILE) {
      diagnostics.add(finding);
    }
  }

  /** Reports a finding; the caller throws what is returned. */
  Failure fail(Diagnostic finding) {
    report(finding);
    return new Failure();
  }

  /** Enters one level of nesting; every call is paired with {@link #leave}. */
  void enter() {
    if (++depth > DEEPEST) {
      throw fail(tooDeep(peek().span()));
    }
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  /** After a failure: back to the nesting of the construct that goes on. */
  void depth(int restored) {
    depth = restored;
  }

  Diagnostic tooDeep(Span span) {
    return SyntaxCode.TOO_DEEP
        .at(file, span, DEEPEST)
        .withHint("assign parts to variables and use these");
  }
}
