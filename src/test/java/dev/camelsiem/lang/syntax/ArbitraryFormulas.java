package dev.camelsiem.lang.syntax;

import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.builtin.Functions;
import dev.camelsiem.lang.syntax.Formula.Body;
import dev.camelsiem.lang.syntax.Formula.Condition;
import dev.camelsiem.lang.syntax.Formula.Head;
import dev.camelsiem.lang.syntax.Formula.Subformula;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Trees as a parser could make them, and texts that look like formulas. */
public final class ArbitraryFormulas {
  private static final Span AT = Span.START;
  private static final List<String> PIECES =
      List.of(
          "TEXT = '",
          "JSON = ''",
          "COND =",
          "EVENTLOG",
          "XML = 'a'",
          "if",
          "then",
          "elif",
          "else",
          "endif",
          "switch",
          "case",
          "endswitch",
          "and",
          "or",
          "not",
          "div",
          "mod",
          "null",
          "True",
          "drop",
          "submessage(\"TEXT\", \"a\", $x)",
          "subformula \"a\"",
          "endsubformula",
          "=",
          "==",
          "!=",
          "<",
          ">=",
          "+",
          "-",
          "*",
          "/",
          "(",
          ")",
          "[",
          "]",
          ",",
          "!",
          "$x",
          "$a.b",
          "action",
          "object.name",
          "\"text\"",
          "'",
          "\"",
          "\\",
          "{",
          "}",
          "12",
          "1.5",
          "lower(",
          "keyvalue($x, \" \", \"=\")",
          "csv(",
          "in_list([",
          "find_substr(",
          "'{$x=REST}'",
          "TEXT = '{$x=WORD} {$y=STRING+|$y=NUMBER}'",
          "\n",
          "\n\n",
          "#",
          "ж",
          "“",
          "&",
          "|",
          "regex($x, \"a(\", 0)",
          "99999999999999999999",
          "\u0000",
          "\ud800");

  private final boolean sound;

  /**
   * @param sound heads, calls and submessages are such that the compiler takes them
   */
  private ArbitraryFormulas(boolean sound) {
    this.sound = sound;
  }

  /** Pieces of formulas in any order. */
  public static Arbitrary<String> soup() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(parts -> String.join(" ", parts));
  }

  /** Formulas that compile, most of them without sense. */
  public static Arbitrary<String> sound() {
    return new ArbitraryFormulas(true).formulas().map(Printer::print);
  }

  /** Any tree. */
  static Arbitrary<Formula> any() {
    return new ArbitraryFormulas(false).formulas();
  }

  private Arbitrary<Formula> formulas() {
    return Combinators.combine(
            bodies(),
            Combinators.combine(strings(), bodies())
                .as((name, body) -> new Subformula(AT, sound ? "s" : name, body))
                .list()
                .ofMaxSize(2))
        .as(Formula::new);
  }

  private Arbitrary<Body> bodies() {
    return Combinators.combine(
            heads().list().ofMinSize(1).ofMaxSize(2),
            Combinators.combine(Arbitraries.of(true, false), exprs(3))
                .as((marked, value) -> new Condition(AT, marked, value))
                .injectNull(0.3),
            statements(2).list().ofMaxSize(4))
        .as(Body::new);
  }

  private Arbitrary<Head> heads() {
    if (sound) {
      return Arbitraries.of(
          new Head(AT, false, HeadKind.JSON, new Expr.TextLiteral(AT, "")),
          new Head(AT, false, HeadKind.EVENTLOG, new Expr.TextLiteral(AT, "EventID=1")),
          new Head(AT, true, HeadKind.XML, new Expr.TextLiteral(AT, "a")),
          new Head(
              AT,
              false,
              HeadKind.TEXT,
              new Expr.TextLiteral(AT, "{$x=WORD|object.name=REST|}{$a.b=REST}")));
    }
    return Combinators.combine(
            Arbitraries.of(true, false), Arbitraries.of(HeadKind.class), strings())
        .as((marked, kind, text) -> new Head(AT, marked, kind, new Expr.TextLiteral(AT, text)));
  }

  private Arbitrary<Statement> statements(int depth) {
    Arbitrary<Statement> assign =
        Combinators.combine(targets(), exprs(3))
            .as((target, value) -> new Statement.Assign(AT, target, value));
    if (depth == 0) {
      return assign;
    }
    Arbitrary<List<Statement>> block =
        Arbitraries.lazy(() -> statements(depth - 1).list().ofMaxSize(2));
    Arbitrary<Statement.Else> otherwise =
        block.map(body -> new Statement.Else(AT, body)).injectNull(0.5);
    Arbitrary<Statement.Branch> branches =
        Combinators.combine(exprs(2), block)
            .as((condition, body) -> new Statement.Branch(AT, condition, body));
    return Arbitraries.oneOf(
        assign,
        Combinators.combine(branches.list().ofMinSize(1).ofMaxSize(2), otherwise)
            .as((all, last) -> new Statement.If(AT, all, last)),
        Combinators.combine(exprs(1), branches.list().ofMaxSize(2), otherwise)
            .as((subject, all, last) -> new Statement.Switch(AT, subject, all, last)),
        sound ? exprs(1).map(ArbitraryFormulas::soundSubmessage) : submessages(),
        Arbitraries.just(new Statement.Drop(AT)));
  }

  /** A call of any function but those that look at constant arguments. */
  private static Expr soundCall(List<Expr> arguments) {
    List<FunctionSpec> functions =
        Functions.names().stream()
            .map(Functions::find)
            .filter(Objects::nonNull)
            .filter(spec -> !spec.name().equals("regex"))
            .toList();
    FunctionSpec spec =
        functions.get(Math.floorMod(arguments.toString().hashCode(), functions.size()));
    int arity = Math.min(Math.max(spec.minArity(), 3), spec.maxArity());
    List<Expr> used = new ArrayList<>();
    for (int i = 0; i < arity; i++) {
      used.add(arguments.get(i % arguments.size()));
    }
    return new Expr.Call(AT, AT, spec.name(), used);
  }

  private Arbitrary<Statement> submessages() {
    return Combinators.combine(exprs(1), exprs(1), exprs(1))
        .as((a, b, c) -> new Statement.Submessage(AT, a, b, c));
  }

  private static Statement soundSubmessage(Expr text) {
    return new Statement.Submessage(
        AT, new Expr.TextLiteral(AT, "TEXT"), new Expr.TextLiteral(AT, "s"), text);
  }

  private Arbitrary<Expr> leaves() {
    return Arbitraries.oneOf(
        strings().map(value -> new Expr.TextLiteral(AT, value)),
        Arbitraries.longs().greaterOrEqual(0).map(value -> new Expr.NumberLiteral(AT, value)),
        Arbitraries.of(true, false).map(value -> new Expr.BoolLiteral(AT, value)),
        Arbitraries.just(new Expr.NullLiteral(AT)),
        targets().map(target -> (Expr) target));
  }

  private Arbitrary<Expr> exprs(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<Expr> inner = Arbitraries.lazy(() -> exprs(depth - 1));
    Arbitrary<Operator> operators =
        Arbitraries.of(Operator.class)
            .filter(o -> o != Operator.INTEGER_DIVIDE && o != Operator.MODULO);
    Arbitrary<Expr.Choice> choices = Combinators.combine(inner, inner).as(Expr.Choice::new);
    return Arbitraries.oneOf(
        leaves(),
        Combinators.combine(operators, inner, inner).as((o, a, b) -> new Expr.Binary(AT, o, a, b)),
        inner.map(operand -> new Expr.Not(AT, operand)),
        inner.map(operand -> new Expr.Negate(AT, operand)),
        inner.list().ofMinSize(2).ofMaxSize(3).map(parts -> new Expr.And(AT, parts)),
        inner.list().ofMinSize(2).ofMaxSize(3).map(parts -> new Expr.Or(AT, parts)),
        inner.list().ofMaxSize(3).map(parts -> new Expr.ListLiteral(AT, parts)),
        Combinators.combine(inner, inner).as((base, index) -> new Expr.Index(AT, base, index)),
        sound
            ? inner.list().ofSize(3).map(ArbitraryFormulas::soundCall)
            : Combinators.combine(Arbitraries.of("lower", "div", "csv"), inner.list().ofMaxSize(3))
                .as((name, arguments) -> new Expr.Call(AT, AT, name, arguments)),
        Combinators.combine(choices.list().ofMinSize(1).ofMaxSize(2), inner.injectNull(0.5))
            .as((all, last) -> new Expr.IfExpr(AT, all, last)),
        Combinators.combine(inner, choices.list().ofMaxSize(2), inner.injectNull(0.5))
            .as((subject, all, last) -> new Expr.SwitchExpr(AT, subject, all, last)));
  }

  private Arbitrary<Expr.Target> targets() {
    return Arbitraries.oneOf(
        Arbitraries.of("x", "a.b", "3", "Data").map(name -> new Expr.Variable(AT, name)),
        Arbitraries.of("action", "object.name", "_x").map(name -> new Expr.Field(AT, name)));
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.strings().withChars("ab '\"\\\n\r\tж\u0000\u2028{}#u0").ofMaxLength(8);
  }
}
