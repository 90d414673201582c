package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door to the parser. All findings of a text are reported at once; what could not be understood
 * is left out of the tree, so whoever compiles must look for errors first.
 */
public final class Parser {
  /** Longer formulas are refused: the largest known has 40,000 characters. */
  public static final int LONGEST = 1 << 20;

  private Parser() {}

  /** A whole formula. Never throws on any text. */
  public static Formula formula(SourceFile file, Diagnostics diagnostics) {
    TokenReader tokens = open(file, diagnostics);
    if (tokens == null) {
      return new Formula(new Formula.Body(List.of(), null, List.of()), List.of());
    }
    return new FormulaParser(tokens).formula();
  }

  /**
   * A single expression, as the command line evaluates it; null when it could not be understood.
   */
  public static @Nullable Expr expression(SourceFile file, Diagnostics diagnostics) {
    TokenReader tokens = open(file, diagnostics);
    if (tokens == null) {
      return null;
    }
    try {
      Expr expr = new ExpressionParser(tokens).condition();
      tokens.expect(TokenType.END);
      return expr;
    } catch (TokenReader.Failure reported) {
      return null;
    }
  }

  private static @Nullable TokenReader open(SourceFile file, Diagnostics diagnostics) {
    if (file.text().length() > LONGEST) {
      diagnostics.add(SyntaxCode.TOO_LONG.at(file, Span.START, file.text().length(), LONGEST));
      return null;
    }
    Lexer lexer = new Lexer(file, diagnostics);
    List<Token> tokens = lexer.lex();
    return new TokenReader(file, tokens, diagnostics, lexer.truncated());
  }
}
