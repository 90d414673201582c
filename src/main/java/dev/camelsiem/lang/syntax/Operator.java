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
    POSTFIX;

    /** The level of the right operand of an operator of this level. */
    Level tighter() {
      return switch (this) {
        case OR -> AND;
        case AND -> NOT;
        case NOT -> COMPARISON;
        case COMPARISON -> SUM;
        case SUM -> PRODUCT;
        case PRODUCT -> UNARY;
        case UNARY, POSTFIX -> POSTFIX;
      };
    }
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
