package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a formula into tokens; comments and white space vanish, bad characters are reported. */
final class Lexer {
  private final SourceFile file;
  private final String source;
  private final Diagnostics diagnostics;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int reported;
  private long looked;
  private boolean truncated;

  Lexer(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.source = file.text();
    this.diagnostics = diagnostics;
  }

  /** All tokens; the last one is always {@link TokenType#END}. */
  List<Token> lex() {
    if (source.startsWith("\ufeff")) {
      at = 1;
    }
    while (skipBlank()) {
      next();
    }
    tokens.add(new Token(TokenType.END, new Span(source.length(), source.length()), ""));
    return tokens;
  }

  /** True when a string without end swallowed the rest of the text. */
  boolean truncated() {
    return truncated;
  }

  /** Moves to the next token; false at the end. */
  private boolean skipBlank() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '#') {
        skipComment();
      } else if (Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff') {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void skipComment() {
    while (at < source.length() && source.charAt(at) != '\n' && source.charAt(at) != '\r') {
      at++;
    }
  }

  private void next() {
    char c = source.charAt(at);
    if (c == '"' || c == '\'') {
      string(c);
    } else if (isNameStart(c)) {
      name();
    } else if (Ascii.isDigit(c)) {
      number();
    } else if (c == '$' && at + 1 < source.length() && isNamePart(source.charAt(at + 1))) {
      variable();
    } else {
      operator(c);
    }
  }

  private void name() {
    int from = at;
    skipName();
    foreignLetters(from);
    String word = source.substring(from, at);
    TokenType keyword = TokenType.keyword(word);
    add(keyword == null ? TokenType.NAME : keyword, from, word);
  }

  private void variable() {
    int from = at++;
    skipName();
    foreignLetters(from);
    add(TokenType.VARIABLE, from, source.substring(from + 1, at));
  }

  /** A name with letters that it must not have stays one name, so that one finding is enough. */
  private void skipName() {
    while (at < source.length()
        && (isNamePart(source.charAt(at)) || isForeignLetter(source.charAt(at)))) {
      at++;
    }
  }

  private static boolean isForeignLetter(char c) {
    return c > 127 && Character.isLetter(c);
  }

  private void foreignLetters(int from) {
    for (int i = from; i < at; i++) {
      char c = source.charAt(i);
      if (isForeignLetter(c)) {
        report(
            SyntaxCode.UNEXPECTED_CHARACTER
                .at(file, new Span(i, i + 1), c)
                .withHint("names are made of Latin letters, digits, `_` and `.`"));
        return;
      }
    }
  }

  private void number() {
    int from = at;
    while (at < source.length() && Ascii.isDigit(source.charAt(at))) {
      at++;
    }
    String digits = source.substring(from, at);
    if (at + 1 < source.length()
        && source.charAt(at) == '.'
        && Ascii.isDigit(source.charAt(at + 1))) {
      fraction(from);
    }
    add(TokenType.NUMBER, from, digits);
  }

  private void fraction(int from) {
    do {
      at++;
    } while (at < source.length() && Ascii.isDigit(source.charAt(at)));
    report(
        SyntaxCode.FRACTION
            .at(file, new Span(from, at), source.substring(from, at))
            .withHint(
                "numbers are whole; a text would be `\"" + source.substring(from, at) + "\"`"));
  }

  private void string(char quote) {
    int from = at;
    int end = closingQuote(from, quote);
    if (end < 0) {
      unclosed(from);
      return;
    }
    at = end + 1;
    String value =
        checkEscapes(from + 1, end)
            ? Unescaped.of(source, from + 1, end).value()
            : source.substring(from + 1, end);
    add(TokenType.STRING, from, value);
  }

  private int closingQuote(int from, char quote) {
    int i = from + 1;
    while (i < source.length()) {
      char c = source.charAt(i);
      if (c == quote) {
        return i;
      }
      i += c == '\\' ? 2 : 1;
    }
    return -1;
  }

  /** Reports escapes that are none; true when there is any escape. */
  private boolean checkEscapes(int from, int to) {
    boolean found = false;
    int i = from;
    while (i < to) {
      looked++;
      boolean escape = source.charAt(i) == '\\';
      if (escape && source.charAt(i + 1) == 'u' && !Unescaped.isUnicode(source, i + 2, to)) {
        report(
            SyntaxCode.BAD_UNICODE_ESCAPE
                .at(file, new Span(i, i + 2))
                .withHint("write `\\\\u` for a backslash and a `u`"));
      }
      found |= escape;
      i += escape ? 2 : 1;
    }
    return found;
  }

  /** How often it has looked for an escape so far. */
  long looked() {
    return looked;
  }

  /**
   * A quote too many may stand far above: the first string that runs over a line end outside of a
   * head is where it was probably forgotten. What follows it makes no sense, so the text ends
   * there.
   */
  private void unclosed(int from) {
    int culprit = from;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is(TokenType.STRING) && spansLines(token.span()) && !isFormat(i)) {
        culprit = token.span().from();
        tokens.subList(i, tokens.size()).clear();
        break;
      }
    }
    int end = file.offset(file.line(culprit), 1) + file.lineText(file.line(culprit)).length();
    diagnostics.add(
        SyntaxCode.UNCLOSED_STRING
            .at(file, new Span(culprit, Math.max(culprit + 1, end)))
            .withHint("close it with " + source.charAt(culprit)));
    at = source.length();
    truncated = true;
    tokens.add(new Token(TokenType.STRING, new Span(culprit, at), ""));
  }

  private boolean spansLines(Span span) {
    return file.line(span.from()) != file.line(span.to() - 1);
  }

  private boolean isFormat(int index) {
    return index >= 2
        && tokens.get(index - 1).is(TokenType.ASSIGN)
        && HeadKind.find(tokens.get(index - 2).text()) != null;
  }

  private void operator(char c) {
    int from = at++;
    boolean doubled = at < source.length() && source.charAt(at) == c;
    boolean equals = at < source.length() && source.charAt(at) == '=';
    TokenType type =
        switch (c) {
          case '=' -> equals ? TokenType.EQUAL : TokenType.ASSIGN;
          case '!' -> equals ? TokenType.NOT_EQUAL : TokenType.BANG;
          case '<' -> equals ? TokenType.LESS_OR_EQUAL : TokenType.LESS;
          case '>' -> equals ? TokenType.GREATER_OR_EQUAL : TokenType.GREATER;
          case '&' -> doubled ? TokenType.AND : null;
          case '|' -> doubled ? TokenType.OR : null;
          case '+' -> TokenType.PLUS;
          case '-' -> TokenType.MINUS;
          case '*' -> TokenType.STAR;
          case '/' -> TokenType.SLASH;
          case '(' -> TokenType.LEFT_PARENTHESIS;
          case ')' -> TokenType.RIGHT_PARENTHESIS;
          case '[' -> TokenType.LEFT_BRACKET;
          case ']' -> TokenType.RIGHT_BRACKET;
          case ',' -> TokenType.COMMA;
          default -> null;
        };
    if (type == null) {
      recover(from, c);
      return;
    }
    if ((equals && "=!<>".indexOf(c) >= 0) || (doubled && "&|".indexOf(c) >= 0)) {
      at++;
    }
    add(type, from, source.substring(from, at));
  }

  /** What was probably meant goes to the parser, so that it has nothing to complain of. */
  private void recover(int from, char c) {
    boolean isHeard = reported < Diagnostics.MOST_PER_FILE;
    if (isHeard && closing(c) != 0 && source.indexOf(closing(c), at) > 0) {
      foreignQuotes(from, c);
      return;
    }
    unexpected(from, c);
    if (c == '&' || c == '|') {
      add(c == '&' ? TokenType.AND : TokenType.OR, from, source.substring(from, at));
    }
  }

  private static char closing(char quote) {
    return switch (quote) {
      case '“', '”', '„' -> '”';
      case '«' -> '»';
      case '‘', '’' -> '’';
      case '`' -> '`';
      default -> 0;
    };
  }

  private void foreignQuotes(int from, char quote) {
    int end = source.indexOf(closing(quote), at);
    if (file.line(end) != file.line(from)) {
      unexpected(from, quote);
      return;
    }
    at = end + 1;
    report(
        SyntaxCode.UNEXPECTED_CHARACTER
            .at(file, new Span(from, at), quote)
            .withHint("strings stand between straight quotes, \" or '"));
    add(TokenType.STRING, from, source.substring(from + 1, end));
  }

  private void report(Diagnostic finding) {
    if (reported++ < Diagnostics.MOST_PER_FILE) {
      diagnostics.add(finding);
    }
  }

  /** Reports a run of characters of no meaning once and drops it. */
  private void unexpected(int from, char first) {
    at = from;
    while (at < source.length() && hasNoMeaning(source.charAt(at), first)) {
      at++;
    }
    at = Math.max(at, from + 1);
    report(
        SyntaxCode.UNEXPECTED_CHARACTER
            .at(file, new Span(from, at), source.substring(from, at))
            .withHint(hint(first)));
  }

  private static boolean hasNoMeaning(char c, char first) {
    return c == first || (first > 127 && c > 127 && !Character.isWhitespace(c));
  }

  private static @Nullable String hint(char c) {
    return switch (c) {
      case ';' -> "statements need no separator";
      case '“', '”', '„', '«', '»', '‘', '’', '`' ->
          "strings stand between straight quotes, \" or '";
      case '&' -> "write `and`";
      case '|' -> "write `or`";
      case '$' -> "a variable is `$` and a name of Latin letters, digits, `_` and `.`";
      case '%' -> "the remainder of a division is `mod(a, b)`";
      case '{', '}' -> "braces have a meaning only inside the string of a TEXT head";
      default -> c > 127 ? "names are made of Latin letters, digits, `_` and `.`" : null;
    };
  }

  private void add(TokenType type, int from, String text) {
    tokens.add(new Token(type, new Span(from, at), text));
  }

  private static boolean isNameStart(char c) {
    return Ascii.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || Ascii.isDigit(c) || c == '.';
  }
}
