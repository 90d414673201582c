package dev.camelsiem.content.i18n;

import dev.camelsiem.lang.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads criteria by recursive descent; the first thing that does not fit ends the reading. */
public final class CriteriaParser {
  private static final int DEEPEST = 50;

  private final String text;
  private int position;
  private int depth;

  private CriteriaParser(String text) {
    this.text = text;
  }

  /**
   * What came of reading one text: either criteria or a problem.
   *
   * @param problem what was expected and what was found, or null
   * @param span where the problem is, in the criteria's own text
   */
  public record Result(@Nullable Criteria criteria, @Nullable String problem, Span span) {}

  public static Result parse(String text) {
    CriteriaParser parser = new CriteriaParser(text);
    try {
      Criteria criteria = parser.anyOf();
      parser.skipBlanks();
      if (parser.position < text.length()) {
        throw parser.unexpected("`and`, `or` or the end");
      }
      return new Result(criteria, null, Span.START);
    } catch (Mistake mistake) {
      return new Result(null, mistake.problem, mistake.span);
    }
  }

  private Criteria anyOf() throws Mistake {
    List<Criteria> parts = new ArrayList<>();
    do {
      parts.add(allOf());
    } while (word("or"));
    return parts.size() == 1 ? parts.get(0) : new Criteria.AnyOf(List.copyOf(parts));
  }

  private Criteria allOf() throws Mistake {
    List<Criteria> parts = new ArrayList<>();
    do {
      parts.add(primary());
    } while (word("and"));
    return parts.size() == 1 ? parts.get(0) : new Criteria.AllOf(List.copyOf(parts));
  }

  private Criteria primary() throws Mistake {
    if (!symbol("(")) {
      return comparison();
    }
    if (++depth > DEEPEST) {
      throw unexpected("fewer parentheses");
    }
    Criteria inner = anyOf();
    if (!symbol(")")) {
      throw unexpected("`)`");
    }
    depth--;
    return inner;
  }

  private Criteria comparison() throws Mistake {
    Criteria.Operand left = operand();
    boolean negated = symbol("!=");
    if (!negated && !symbol("==") && !symbol("=")) {
      throw unexpected("`=` or `!=`");
    }
    return new Criteria.Comparison(left, negated, operand());
  }

  private Criteria.Operand operand() throws Mistake {
    skipBlanks();
    int start = position;
    if (position < text.length()
        && (text.charAt(position) == '"' || text.charAt(position) == '\'')) {
      return literal();
    }
    String word = nextWord();
    if (word.isEmpty() || word.equals("and") || word.equals("or") || word.equals("$")) {
      position = start;
      throw unexpected("a field, a text in quotes or `null`");
    }
    Span span = new Span(start, position);
    if (word.equals("null")) {
      return new Criteria.Null(span);
    }
    return word.charAt(0) == '$'
        ? new Criteria.Field(word.substring(1), true, span)
        : new Criteria.Field(word, false, span);
  }

  private Criteria.Literal literal() throws Mistake {
    int start = position;
    char quote = text.charAt(position++);
    StringBuilder value = new StringBuilder();
    while (position < text.length() && text.charAt(position) != quote) {
      boolean escaped =
          text.charAt(position) == '\\'
              && position + 1 < text.length()
              && (text.charAt(position + 1) == quote || text.charAt(position + 1) == '\\');
      position += escaped ? 1 : 0;
      value.append(text.charAt(position++));
    }
    if (position == text.length()) {
      throw new Mistake("a text that is not closed", new Span(start, position));
    }
    position++;
    return new Criteria.Literal(value.toString(), new Span(start, position));
  }

  private boolean word(String expected) {
    skipBlanks();
    int start = position;
    if (nextWord().equals(expected)) {
      return true;
    }
    position = start;
    return false;
  }

  private String nextWord() {
    int start = position;
    if (position < text.length() && text.charAt(position) == '$') {
      position++;
    }
    while (position < text.length() && isWordCharacter(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private boolean symbol(String expected) {
    skipBlanks();
    boolean found = text.startsWith(expected, position);
    position += found ? expected.length() : 0;
    return found;
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private Mistake unexpected(String expected) {
    skipBlanks();
    int end = position;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String found =
        position == text.length() ? "the end" : "`" + text.substring(position, end) + "`";
    return new Mistake("expected " + expected + ", found " + found, new Span(position, end));
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }

  /** Ends the reading; carries no stack. */
  private static final class Mistake extends Exception {
    final String problem;
    final Span span;

    Mistake(String problem, Span span) {
      super(problem, null, false, false);
      this.problem = problem;
      this.span = span;
    }
  }
}
