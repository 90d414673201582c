package dev.camelsiem.lang.syntax;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a piece of a formula is to the parser. */
enum TokenType {
  STRING("a string", Group.OTHER),
  NUMBER("a number", Group.OTHER),
  VARIABLE("a variable", Group.OTHER),
  NAME("a name", Group.OTHER),

  IF("if", Group.KEYWORD),
  THEN("then", Group.KEYWORD),
  ELIF("elif", Group.KEYWORD),
  ELSE("else", Group.KEYWORD),
  ENDIF("endif", Group.KEYWORD),
  SWITCH("switch", Group.KEYWORD),
  CASE("case", Group.KEYWORD),
  ENDSWITCH("endswitch", Group.KEYWORD),
  AND("and", Group.KEYWORD),
  OR("or", Group.KEYWORD),
  NOT("not", Group.KEYWORD),
  DIV("div", Group.KEYWORD),
  MOD("mod", Group.KEYWORD),
  NULL("null", Group.KEYWORD),
  TRUE("true", Group.KEYWORD),
  FALSE("false", Group.KEYWORD),
  DROP("drop", Group.KEYWORD),
  SUBMESSAGE("submessage", Group.KEYWORD),
  SUBFORMULA("subformula", Group.KEYWORD),
  ENDSUBFORMULA("endsubformula", Group.KEYWORD),

  ASSIGN("=", Group.OPERATOR),
  EQUAL("==", Group.OPERATOR),
  NOT_EQUAL("!=", Group.OPERATOR),
  LESS("<", Group.OPERATOR),
  GREATER(">", Group.OPERATOR),
  LESS_OR_EQUAL("<=", Group.OPERATOR),
  GREATER_OR_EQUAL(">=", Group.OPERATOR),
  PLUS("+", Group.OPERATOR),
  MINUS("-", Group.OPERATOR),
  STAR("*", Group.OPERATOR),
  SLASH("/", Group.OPERATOR),
  LEFT_PARENTHESIS("(", Group.OPERATOR),
  RIGHT_PARENTHESIS(")", Group.OPERATOR),
  LEFT_BRACKET("[", Group.OPERATOR),
  RIGHT_BRACKET("]", Group.OPERATOR),
  COMMA(",", Group.OPERATOR),
  BANG("!", Group.OPERATOR),

  END("the end of the formula", Group.OTHER);

  private static final Map<String, TokenType> KEYWORDS =
      Arrays.stream(values())
          .filter(type -> type.group == Group.KEYWORD)
          .collect(Collectors.toMap(TokenType::symbol, Function.identity()));

  private enum Group {
    KEYWORD,
    OPERATOR,
    OTHER
  }

  private final String symbol;
  private final Group group;

  TokenType(String symbol, Group group) {
    this.symbol = symbol;
    this.group = group;
  }

  /** The text of a keyword or operator; a phrase for the other kinds. */
  String symbol() {
    return symbol;
  }

  /** How a finding calls it. */
  String shown() {
    return group == Group.OTHER ? symbol : "`" + symbol + "`";
  }

  /** The keyword that a word is, with its second spelling; null when it is none. */
  static @Nullable TokenType keyword(String word) {
    return switch (word) {
      case "NULL" -> NULL;
      case "True" -> TRUE;
      case "False" -> FALSE;
      default -> KEYWORDS.get(word);
    };
  }
}
