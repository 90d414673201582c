package dev.camelsiem.edge.cli;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/**
 * Lets an input go on over several lines until its quotes, brackets and blocks are closed. An empty
 * line ends it anyway.
 */
final class XpLineParser implements Parser {
  private final DefaultParser words = new DefaultParser();

  XpLineParser() {
    words.setEscapeChars(new char[0]);
    words.setQuoteChars(new char[0]);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean accepting = context == ParseContext.ACCEPT_LINE;
    if (accepting && !line.endsWith("\n") && !line.startsWith(":") && isOpen(line)) {
      throw new EOFError(-1, cursor, "the input is not complete");
    }
    return words.parse(line, cursor, context);
  }

  /** True while a quote, a bracket or a block of the input is open. */
  static boolean isOpen(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = endOfQuote(text, i);
        if (i < 0) {
          return true;
        }
      } else if (c == '#') {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end;
      } else if (c == '(' || c == '[') {
        open++;
      } else if (c == ')' || c == ']') {
        open--;
      } else if (isWord(c)) {
        int end = endOfWord(text, i);
        open += block(text.substring(i, end));
        i = end - 1;
      }
    }
    return open > 0;
  }

  private static int block(String word) {
    return switch (word) {
      case "if", "switch", "subformula" -> 1;
      case "endif", "endswitch", "endsubformula" -> -1;
      default -> 0;
    };
  }

  private static int endOfQuote(String text, int start) {
    for (int i = start + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == text.charAt(start)) {
        return i;
      }
    }
    return -1;
  }

  private static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$';
  }
}
