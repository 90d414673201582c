package dev.camelsiem.lang.syntax;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a piece of a formula is to the parser. */
enum TokenType {
  STRING("a string"),
  NUMBER("a number"),
  VARIABLE("a variable"),
  NAME("a name"),

  IF("if"),
  THEN("then"),
  ELIF("elif"),
  ELSE("else"),
  ENDIF("endif"),
  SWITCH("switch"),
  CASE("case"),
  ENDSWITCH("endswitch"),
  AND("and"),
  OR("or"),
  NOT("not"),
  DIV("div"),
  MOD("mod"),
  NULL("null"),
  TRUE("true"),
  FALSE("false"),
  DROP("drop"),
  SUBMESSAGE("submessage"),
  SUBFORMULA("subformula"),
  ENDSUBFORMULA("endsubformula"),

  ASSIGN("="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  GREATER(">"),
  LESS_OR_EQUAL("<="),
  GREATER_OR_EQUAL(">="),
  PLUS("+"),
  MINUS("-"),
  STAR("*"),
  SLASH("/"),
  LEFT_PARENTHESIS("("),
  RIGHT_PARENTHESIS(")"),
  LEFT_BRACKET("["),
  RIGHT_BRACKET("]"),
  COMMA(","),
  BANG("!"),

  END("the end of the formula");

  private static final Map<String, TokenType> KEYWORDS =
      Arrays.stream(values())
          .filter(
              type -> type.ordinal() >= IF.ordinal() && type.ordinal() <= ENDSUBFORMULA.ordinal())
          .collect(Collectors.toMap(TokenType::symbol, Function.identity()));

  private final String symbol;

  TokenType(String symbol) {
    this.symbol = symbol;
  }

  /** The text of a keyword or operator; a phrase for the other kinds. */
  String symbol() {
    return symbol;
  }

  /** How a finding calls it. */
  String shown() {
    return this == END || ordinal() < IF.ordinal() ? symbol : "`" + symbol + "`";
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

  /** All words that cannot be field names. */
  static Iterable<String> keywords() {
    return KEYWORDS.keySet();
  }
}
