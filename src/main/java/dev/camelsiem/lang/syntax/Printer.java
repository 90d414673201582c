package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.syntax.Formula.Body;
import dev.camelsiem.lang.syntax.Formula.Subformula;
import dev.camelsiem.lang.syntax.Operator.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a tree as a formula; parsing what it wrote gives the same tree. */
public final class Printer implements Expr.Visitor<Void>, Statement.Visitor<Void> {
  private static final String INDENT = "    ";

  private final StringBuilder out = new StringBuilder();
  private int indent;

  private Printer() {}

  public static String print(Formula formula) {
    Printer printer = new Printer();
    printer.body(formula.body());
    for (Subformula subformula : formula.subformulas()) {
      printer.subformula(subformula);
    }
    return printer.out.toString();
  }

  public static String print(Expr expr) {
    Printer printer = new Printer();
    expr.accept(printer);
    return printer.out.toString();
  }

  private void body(Body body) {
    for (Formula.Head head : body.heads()) {
      line();
      out.append(head.marked() ? "!" : "").append(head.kind()).append(" = ");
      quote(head.format().value(), '\'');
    }
    if (body.condition() != null) {
      line();
      out.append(body.condition().marked() ? "!" : "").append("COND = ");
      body.condition().value().accept(this);
    }
    block(body.statements());
  }

  private void subformula(Subformula subformula) {
    line();
    out.append("subformula ");
    quote(subformula.name(), '"');
    indent++;
    body(subformula.body());
    indent--;
    line();
    out.append("endsubformula");
  }

  private void block(List<Statement> statements) {
    for (Statement statement : statements) {
      line();
      statement.accept(this);
    }
  }

  private void line() {
    if (out.length() > 0) {
      out.append('\n').append(INDENT.repeat(indent));
    }
  }

  private void nested(List<Statement> statements) {
    indent++;
    block(statements);
    indent--;
  }

  @Override
  public Void assign(Statement.Assign assign) {
    assign.target().accept(this);
    out.append(" = ");
    assign.value().accept(this);
    return null;
  }

  @Override
  public Void branch(Statement.If branch) {
    String keyword = "if ";
    for (Statement.Branch each : branch.branches()) {
      if (!keyword.equals("if ")) {
        line();
      }
      out.append(keyword);
      each.condition().accept(this);
      out.append(" then");
      nested(each.body());
      keyword = "elif ";
    }
    otherwise(branch.otherwise());
    line();
    out.append("endif");
    return null;
  }

  @Override
  public Void select(Statement.Switch selection) {
    out.append("switch ");
    selection.subject().accept(this);
    for (Statement.Branch each : selection.cases()) {
      line();
      out.append("case ");
      caseValue(each.condition());
      nested(each.body());
    }
    otherwise(selection.otherwise());
    line();
    out.append("endswitch");
    return null;
  }

  private void otherwise(Statement.@Nullable Else otherwise) {
    if (otherwise != null) {
      line();
      out.append("else");
      nested(otherwise.body());
    }
  }

  @Override
  public Void submessage(Statement.Submessage submessage) {
    out.append("submessage");
    arguments(List.of(submessage.format(), submessage.name(), submessage.text()));
    return null;
  }

  @Override
  public Void drop(Statement.Drop drop) {
    out.append("drop");
    return null;
  }

  @Override
  public Void text(Expr.TextLiteral literal) {
    quote(literal.value(), '"');
    return null;
  }

  @Override
  public Void number(Expr.NumberLiteral literal) {
    out.append(literal.value());
    return null;
  }

  @Override
  public Void bool(Expr.BoolLiteral literal) {
    out.append(literal.value() ? "True" : "False");
    return null;
  }

  @Override
  public Void nothing(Expr.NullLiteral literal) {
    out.append("null");
    return null;
  }

  @Override
  public Void variable(Expr.Variable variable) {
    out.append('$').append(variable.name());
    return null;
  }

  @Override
  public Void field(Expr.Field field) {
    out.append(field.name());
    return null;
  }

  @Override
  public Void list(Expr.ListLiteral list) {
    out.append('[');
    commas(list.children());
    out.append(']');
    return null;
  }

  @Override
  public Void index(Expr.Index index) {
    operand(index.base(), Level.POSTFIX);
    out.append('[');
    index.index().accept(this);
    out.append(']');
    return null;
  }

  @Override
  public Void call(Expr.Call call) {
    out.append(call.name());
    arguments(call.children());
    return null;
  }

  private void arguments(List<Expr> arguments) {
    out.append('(');
    commas(arguments);
    out.append(')');
  }

  private void commas(List<Expr> elements) {
    String comma = "";
    for (Expr element : elements) {
      out.append(comma);
      element.accept(this);
      comma = ", ";
    }
  }

  @Override
  public Void not(Expr.Not not) {
    out.append("not ");
    operand(not.operand(), Level.NOT);
    return null;
  }

  @Override
  public Void negate(Expr.Negate negate) {
    out.append('-');
    operand(negate.operand(), Level.UNARY);
    return null;
  }

  @Override
  public Void binary(Expr.Binary binary) {
    Level level = binary.operator().level();
    operand(binary.left(), level);
    out.append(' ').append(binary.operator().symbol()).append(' ');
    operand(binary.right(), level.tighter());
    return null;
  }

  @Override
  public Void and(Expr.And and) {
    joined(and.children(), " and ", Level.NOT);
    return null;
  }

  @Override
  public Void or(Expr.Or or) {
    joined(or.children(), " or ", Level.AND);
    return null;
  }

  private void joined(List<Expr> operands, String word, Level loosest) {
    String between = "";
    for (Expr operand : operands) {
      out.append(between);
      operand(operand, loosest);
      between = word;
    }
  }

  @Override
  public Void choose(Expr.IfExpr choice) {
    String keyword = "if ";
    for (Expr.Choice each : choice.choices()) {
      out.append(keyword);
      each.condition().accept(this);
      out.append(" then ");
      each.value().accept(this);
      out.append(' ');
      keyword = "elif ";
    }
    if (choice.otherwise() != null) {
      out.append("else ");
      choice.otherwise().accept(this);
      out.append(' ');
    }
    out.append("endif");
    return null;
  }

  @Override
  public Void select(Expr.SwitchExpr selection) {
    out.append("switch ");
    selection.subject().accept(this);
    for (Expr.Choice each : selection.cases()) {
      out.append(" case ");
      caseValue(each.condition());
      out.append(' ');
      result(each.value());
    }
    if (selection.otherwise() != null) {
      out.append(" else ");
      selection.otherwise().accept(this);
    }
    out.append(" endswitch");
    return null;
  }

  /** Only a plain literal can do without parentheses next to a result of any form. */
  private void caseValue(Expr value) {
    boolean plain = value instanceof Expr.TextLiteral || value instanceof Expr.NumberLiteral;
    parenthesized(value, !plain);
  }

  /** A result that begins with a sign or a bracket would continue the value of its case. */
  private void result(Expr value) {
    boolean plain =
        value instanceof Expr.TextLiteral
            || value instanceof Expr.NumberLiteral
            || value instanceof Expr.Variable
            || value instanceof Expr.Field
            || value instanceof Expr.Call;
    parenthesized(value, !plain);
  }

  @Override
  public Void broken(Expr.Broken broken) {
    throw new IllegalArgumentException("a formula with errors cannot be printed");
  }

  private void operand(Expr operand, Level loosest) {
    parenthesized(operand, levelOf(operand).compareTo(loosest) < 0);
  }

  private void parenthesized(Expr expr, boolean parentheses) {
    out.append(parentheses ? "(" : "");
    expr.accept(this);
    out.append(parentheses ? ")" : "");
  }

  private static Level levelOf(Expr expr) {
    if (expr instanceof Expr.Or) {
      return Level.OR;
    }
    if (expr instanceof Expr.And) {
      return Level.AND;
    }
    if (expr instanceof Expr.Not) {
      return Level.NOT;
    }
    if (expr instanceof Expr.Negate) {
      return Level.UNARY;
    }
    return expr instanceof Expr.Binary binary ? binary.operator().level() : Level.POSTFIX;
  }

  private void quote(String value, char quote) {
    out.append(quote);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c == quote) {
            out.append('\\').append(c);
          } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append(quote);
  }
}
