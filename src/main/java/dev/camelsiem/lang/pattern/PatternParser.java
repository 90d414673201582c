package dev.camelsiem.lang.pattern;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.pattern.PatternNode.Group;
import dev.camelsiem.lang.pattern.PatternNode.Item;
import dev.camelsiem.lang.pattern.PatternNode.Lexeme;
import dev.camelsiem.lang.pattern.PatternNode.Repeat;
import dev.camelsiem.lang.value.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a format (after the escapes of the string literal were processed) into nodes.
 *
 * <p>Reports everything it finds; after an error inside a group it goes on behind that group.
 */
final class PatternParser {
  private static final int END = -1;

  private final SourceFile file;
  private final String format;
  private final int[] offsets;
  private final Diagnostics diagnostics;
  private final List<Binding> bindings = new ArrayList<>();
  private int at;

  /**
   * @param offsets for each UTF-16 unit of the format, and for its end, the offset in the file
   */
  PatternParser(SourceFile file, String format, int[] offsets, Diagnostics diagnostics) {
    this.file = file;
    this.format = format;
    this.offsets = offsets;
    this.diagnostics = diagnostics;
  }

  List<Binding> bindings() {
    return List.copyOf(bindings);
  }

  List<PatternNode> parse() {
    List<PatternNode> nodes = new ArrayList<>();
    while (at < format.length()) {
      int c = format.codePointAt(at);
      if (isSpace(c)) {
        at++;
      } else if (c == '{') {
        Group group = group();
        if (group != null) {
          nodes.add(group);
        }
      } else {
        nodes.add(lexeme(c));
      }
    }
    return nodes;
  }

  private Lexeme lexeme(int first) {
    int start = at;
    if (first == '\\' && start + 1 < format.length() && isBrace(format.charAt(start + 1))) {
      at += 2;
      return new Lexeme(format.substring(start + 1, at), span(start, at));
    }
    at += Character.charCount(first);
    if (first == '}') {
      report(PatternCode.STRAY_BRACE, span(start, at), "write `{\"}\"}` to say that it is text");
    }
    if (isWord(first)) {
      while (at < format.length() && isWord(format.codePointAt(at))) {
        at += Character.charCount(format.codePointAt(at));
      }
    }
    return new Lexeme(format.substring(start, at), span(start, at));
  }

  /** A group, or null after an error in it; stands behind its closing brace either way. */
  private @Nullable Group group() {
    int start = at++;
    List<List<Item>> alternatives = new ArrayList<>();
    boolean optional = false;
    while (true) {
      List<Item> alternative = new ArrayList<>();
      if (!items(alternative, start)) {
        return null;
      }
      alternatives.add(alternative);
      if (peek() == '?') {
        optional = true;
        at++;
        skipSpace();
      }
      int c = peek();
      if (c == '|') {
        at++;
      } else if (c == '}') {
        at++;
        return closed(alternatives, optional, span(start, at));
      } else {
        return failed(start, "`}` or `|` after `?`, which makes the whole group optional");
      }
    }
  }

  private Group closed(List<List<Item>> alternatives, boolean optional, Span span) {
    if (alternatives.stream().allMatch(List::isEmpty)) {
      report(PatternCode.EMPTY_GROUP, span, "write a token such as `{WORD}`");
    }
    return new Group(alternatives, optional, span);
  }

  /** Reads items up to {@code ?}, {@code |} or the closing brace; false after an error. */
  private boolean items(List<Item> items, int groupStart) {
    while (true) {
      skipSpace();
      int c = peek();
      if (c == '?' || c == '|' || c == '}') {
        return true;
      }
      if (c == END) {
        at = format.length();
        report(PatternCode.UNCLOSED_GROUP, span(groupStart, groupStart + 1), null);
        return false;
      }
      Item item = item(groupStart);
      if (item == null) {
        return false;
      }
      items.add(item);
    }
  }

  private @Nullable Item item(int groupStart) {
    int start = at;
    int c = peek();
    if (c == '"' || c == '\'') {
      return atom(groupStart, start, null);
    }
    if (c == '$' || isNameStart(c)) {
      String name = name();
      Span nameSpan = span(start, at);
      int afterName = at;
      skipSpace();
      if (peek() == '=') {
        at++;
        skipSpace();
        return atom(groupStart, at, new Name(name, nameSpan));
      }
      at = start;
      if (c == '$') {
        at = afterName;
        skipSpace();
        return failed(groupStart, "`=` and a token after `" + name + "`");
      }
      return atom(groupStart, start, null);
    }
    if (c == '{') {
      report(PatternCode.NESTED_GROUP, span(at, at + 1), "quote a brace that is text: `{\"{\"}`");
      return skipGroup();
    }
    return failed(groupStart, "a token, a name or a quoted text");
  }

  private record Name(String text, Span span) {}

  private @Nullable Item atom(int groupStart, int start, @Nullable Name name) {
    int c = peek();
    if (c == '"' || c == '\'') {
      String text = quoted();
      if (text == null) {
        return null;
      }
      if (text.isEmpty()) {
        report(PatternCode.EMPTY_LITERAL, span(start, at), null);
        return skipGroup();
      }
      return finish(TokenKind.QUOTED, List.of(text), start, name);
    }
    if (!isNameStart(c)) {
      return failed(groupStart, "a token or a quoted text");
    }
    String token = name();
    TokenKind kind = TokenKind.named(token);
    if (kind == null) {
      report(PatternCode.UNKNOWN_TOKEN, span(start, at), tokenHint(token), token);
      return skipGroup();
    }
    List<String> arguments = arguments(groupStart, kind, start);
    return arguments == null ? null : finish(kind, arguments, start, name);
  }

  private @Nullable String tokenHint(String token) {
    String near = NearNames.hint(token.toUpperCase(Locale.ROOT), TokenKind.names());
    return near != null ? near : "the tokens are " + String.join(", ", TokenKind.names());
  }

  private @Nullable List<String> arguments(int groupStart, TokenKind kind, int start) {
    List<String> arguments = new ArrayList<>();
    skipSpaceBefore('(');
    if (peek() == '(') {
      at++;
      skipSpace();
      while (peek() != ')') {
        if (!arguments.isEmpty()) {
          if (peek() != ',') {
            return failed(groupStart, "`,` or `)`");
          }
          at++;
          skipSpace();
        }
        if (peek() != '"' && peek() != '\'') {
          return failed(groupStart, "a quoted text");
        }
        String argument = quoted();
        if (argument == null) {
          return null;
        }
        arguments.add(argument);
        skipSpace();
      }
      at++;
    }
    return checked(kind, arguments, span(start, at)) ? arguments : skipGroup();
  }

  private boolean checked(TokenKind kind, List<String> arguments, Span span) {
    int count = arguments.size();
    if (count < kind.fewestArguments() || count > kind.mostArguments()) {
      report(PatternCode.WRONG_ARGUMENTS, span, null, kind.name(), needs(kind), found(count));
      return false;
    }
    int delimiters = kind == TokenKind.KEYVALUE ? 2 : Math.min(1, count);
    for (int i = 0; i < delimiters; i++) {
      if (arguments.get(i).isEmpty()) {
        report(PatternCode.EMPTY_ARGUMENT, span, null, kind.name());
        return false;
      }
    }
    return true;
  }

  private static String needs(TokenKind kind) {
    if (kind.mostArguments() == 0) {
      return "no arguments";
    }
    String most = kind.mostArguments() + (kind.mostArguments() == 1 ? " argument" : " arguments");
    return kind.fewestArguments() == kind.mostArguments()
        ? most
        : kind.fewestArguments() + " or " + most;
  }

  private static String found(int count) {
    return count == 0 ? "none" : Integer.toString(count);
  }

  private @Nullable Item finish(
      TokenKind kind, List<String> arguments, int start, @Nullable Name name) {
    Repeat repeat = Repeat.ONCE;
    int c = peek();
    if (c == '+' || c == '*') {
      repeat = c == '+' ? Repeat.ONE_OR_MORE : Repeat.ANY;
      at++;
      if (kind.takesRest()) {
        report(
            PatternCode.NOT_REPEATABLE,
            span(start, at),
            "remove `" + (char) c + "`",
            kind.name(),
            (char) c);
        repeat = Repeat.ONCE;
      }
    }
    int binding = -1;
    if (name != null) {
      binding = bindings.size();
      boolean isField = name.text().charAt(0) != '$';
      String text = isField ? name.text() : name.text().substring(1);
      ValueKind value = repeat == Repeat.ONCE ? kind.value() : ValueKind.STRING;
      bindings.add(new Binding(text, isField, kind, value, name.span()));
    }
    return new Item(kind, List.copyOf(arguments), repeat, binding, span(start, at));
  }

  /** The text between quotes with its own escapes processed, or null when it is not closed. */
  private @Nullable String quoted() {
    int start = at;
    char quote = format.charAt(at++);
    StringBuilder text = new StringBuilder();
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c == quote) {
        return text.toString();
      }
      if (c == '\\' && at < format.length()) {
        escape(text);
      } else {
        text.append(c);
      }
    }
    report(PatternCode.UNCLOSED_QUOTE, span(start, start + 1), null);
    return null;
  }

  private void escape(StringBuilder text) {
    char c = format.charAt(at++);
    switch (c) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case '\\', '\'', '"' -> text.append(c);
      case 'u' -> {
        int unit = hex4();
        if (unit < 0) {
          text.append("\\u");
        } else {
          text.append((char) unit);
          at += 4;
        }
      }
      default -> text.append('\\').append(c);
    }
  }

  private int hex4() {
    if (at + 4 > format.length()) {
      return -1;
    }
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      char c = format.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private String name() {
    int start = at++;
    while (at < format.length() && isNamePart(format.charAt(at))) {
      at++;
    }
    return format.substring(start, at);
  }

  /** Reports what stands here instead of what was expected and goes behind the group. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // always null, whatever was asked for
  private <T> @Nullable T failed(int groupStart, String expected) {
    int c = peek();
    if (c == END) {
      report(PatternCode.UNCLOSED_GROUP, span(groupStart, groupStart + 1), null);
      return null;
    }
    Span here = span(at, at + Character.charCount(c));
    report(PatternCode.UNEXPECTED, here, null, expected, Character.toString(c));
    return skipGroup();
  }

  /** Goes behind the brace that closes the group, minding quotes; says nothing. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // always null, whatever was asked for
  private <T> @Nullable T skipGroup() {
    int depth = 1;
    while (at < format.length() && depth > 0) {
      char c = format.charAt(at++);
      if (c == '"' || c == '\'') {
        skipQuoted(c);
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
    }
    return null;
  }

  private void skipQuoted(char quote) {
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c == '\\') {
        at = Math.min(at + 1, format.length());
      } else if (c == quote) {
        return;
      }
    }
  }

  private void skipSpace() {
    while (at < format.length() && isSpace(format.charAt(at))) {
      at++;
    }
  }

  private void skipSpaceBefore(char wanted) {
    int start = at;
    skipSpace();
    if (peek() != wanted) {
      at = start;
    }
  }

  private int peek() {
    return at < format.length() ? format.codePointAt(at) : END;
  }

  private Span span(int from, int to) {
    return new Span(offsets[from], Math.max(offsets[from], offsets[Math.min(to, format.length())]));
  }

  private void report(PatternCode code, Span span, @Nullable String hint, Object... arguments) {
    Diagnostic finding = code.at(file, span, arguments);
    diagnostics.add(finding.withHint(hint));
  }

  private static boolean isBrace(char c) {
    return c == '{' || c == '}';
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isWord(int c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isNameStart(int c) {
    return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isNamePart(int c) {
    return isNameStart(c) || c == '.' || (c >= '0' && c <= '9');
  }
}
