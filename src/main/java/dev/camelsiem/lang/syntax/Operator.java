package dev.camelsiem.lang.syntax;

/** An operator between two operands; {@code and} and {@code or} are not among them. */
public enum Operator {
  EQUAL("==", Level.COMPARISON),
  NOT_EQUAL("!=", Level.COMPARISON),
  LESS("<", Level.COMPARISON),
  GREATER(">", Level.COMPARISON),
  LESS_OR_EQUAL("<=", Level.COMPARISON),
  GREATER_OR_EQUAL(">=", Level.COMPARISON),
  ADD("+", Level.SUM),
  SUBTRACT("-", Level.SUM),
  MULTIPLY("*", Level.PRODUCT),
  DIVIDE("/", Level.PRODUCT),
  INTEGER_DIVIDE("div", Level.PRODUCT),
  MODULO("mod", Level.PRODUCT);

  /** How tightly something binds, from loose to tight (xp 4.3). */
  enum Level {
    OR,
    AND,
    NOT,
    COMPARISON,
    SUM,
    PRODUCT,
    UNARY,
    POSTFIX
  }

  private final String symbol;
  private final Level level;

  Operator(String symbol, Level level) {
    this.symbol = symbol;
    this.level = level;
  }

  public String symbol() {
    return symbol;
  }

  Level level() {
    return level;
  }
}
