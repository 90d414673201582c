package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.document.EventPath;
import dev.camelsiem.lang.eval.Arithmetic;
import dev.camelsiem.lang.eval.BranchPoint;
import dev.camelsiem.lang.eval.Calls;
import dev.camelsiem.lang.eval.CaseTable;
import dev.camelsiem.lang.eval.Comparisons;
import dev.camelsiem.lang.eval.Input;
import dev.camelsiem.lang.eval.Logic;
import dev.camelsiem.lang.eval.Node;
import dev.camelsiem.lang.eval.Reads;
import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.builtin.Functions;
import dev.camelsiem.lang.function.builtin.split.KeyValue;
import dev.camelsiem.lang.function.builtin.split.KnownKeys;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Operator;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes nodes of expressions and reports what cannot become one. */
final class ExpressionCompiler implements Expr.Visitor<Node> {
  private static final Node NULL = Reads.constant(null);

  private final SourceFile file;
  private final Symbols symbols;
  private final FieldNames fields;
  private final List<BranchPoint> points;
  private final Diagnostics diagnostics;
  private final Map<String, Node> aliases = new HashMap<>();
  private int cost;

  /**
   * @param points collects the ways that evaluations can take
   */
  ExpressionCompiler(
      SourceFile file,
      Symbols symbols,
      FieldNames fields,
      List<BranchPoint> points,
      Diagnostics diagnostics) {
    this.file = file;
    this.symbols = symbols;
    this.fields = fields;
    this.points = points;
    this.diagnostics = diagnostics;
  }

  Node compile(Expr expr) {
    return counted(cost, expr.accept(this));
  }

  /** The value of a variable, of which perhaps only some keys are read. */
  Node assigned(String variable, Expr value) {
    return value instanceof Expr.Call call && call.name().equals("keyvalue")
        ? counted(cost, call(call, symbols.known(variable)))
        : compile(value);
  }

  private Node counted(int before, Node node) {
    cost = node.isConstant() ? before : cost + 1;
    return node;
  }

  /**
   * Steps that all expressions compiled so far take, each of them evaluated once: their nodes,
   * those that are constant aside. What takes longer with larger values charges that itself.
   */
  int cost() {
    return cost;
  }

  /** From now on a variable is another name for what an event has somewhere. */
  void alias(String name, Node value) {
    aliases.put(name, value);
  }

  void forgetAliases() {
    aliases.clear();
  }

  private List<Node> compile(List<Expr> exprs) {
    return exprs.stream().map(this::compile).toList();
  }

  @Override
  public Node text(Expr.TextLiteral literal) {
    return Reads.constant(Text.of(literal.value()));
  }

  @Override
  public Node number(Expr.NumberLiteral literal) {
    return Reads.constant(literal.value());
  }

  @Override
  public Node bool(Expr.BoolLiteral literal) {
    return Reads.constant(literal.value());
  }

  @Override
  public Node nothing(Expr.NullLiteral literal) {
    return NULL;
  }

  @Override
  public Node variable(Expr.Variable variable) {
    Node alias = aliases.get(variable.name());
    if (alias != null) {
      return alias;
    }
    int slot = symbols.variable(variable.name());
    return symbols.isLate(variable.name())
        ? event(variable, Reads.eventVariable(slot))
        : Reads.variable(slot);
  }

  /** What is read from the event by constant names alone needs no objects on the way there. */
  private Node event(Expr expr, Node otherwise) {
    DocumentFormat source = symbols.source();
    VariablePath path = source == null ? null : VariablePath.of(expr);
    if (path != null && aliases.containsKey(path.variable())) {
      path = symbols.aliases().resolved(path);
    }
    if (path == null || !symbols.isLate(path.variable())) {
      return otherwise;
    }
    List<Text> names = new ArrayList<>();
    for (Object key : path.keys()) {
      if (!(key instanceof Text name)) {
        return otherwise;
      }
      names.add(name);
    }
    return Reads.event(
        new EventPath(Objects.requireNonNull(source), Text.of(path.variable()), names), otherwise);
  }

  @Override
  public Node field(Expr.Field field) {
    Input input = Input.of(field.name());
    if (input == null) {
      fields.check(field);
    }
    int slot = symbols.field(field.name());
    if (slot < 0) {
      return input == null ? NULL : Reads.input(input);
    }
    return Reads.field(slot, input);
  }

  @Override
  public Node list(Expr.ListLiteral list) {
    return Reads.list(compile(list.children()));
  }

  @Override
  public Node index(Expr.Index index) {
    Node base = compile(index.base());
    Node place = compile(index.index());
    if (index.base() instanceof Expr.Variable variable
        && index.index() instanceof Expr.TextLiteral key
        && !symbols.isLate(variable.name())
        && !symbols.isAlias(variable.name())) {
      KnownKeys known = symbols.known(variable.name());
      if (known != null) {
        return Reads.known(symbols.variable(variable.name()), known, Text.of(key.value()));
      }
    }
    return event(index, Reads.index(base, place));
  }

  @Override
  public Node not(Expr.Not not) {
    return Logic.not(compile(not.operand()));
  }

  @Override
  public Node negate(Expr.Negate negate) {
    return Arithmetic.negate(compile(negate.operand()));
  }

  @Override
  public Node and(Expr.And and) {
    return Logic.and(compile(and.children()));
  }

  @Override
  public Node or(Expr.Or or) {
    return Logic.or(compile(or.children()));
  }

  @Override
  public Node broken(Expr.Broken broken) {
    return NULL;
  }

  @Override
  public Node binary(Expr.Binary binary) {
    Node fused = fused(binary);
    if (fused != null) {
      return fused;
    }
    if (binary.operator() == Operator.ADD) {
      return Arithmetic.add(compile(summands(binary)));
    }
    Node left = compile(binary.left());
    Node right = compile(binary.right());
    return switch (binary.operator()) {
      case EQUAL -> Comparisons.equal(left, right);
      case NOT_EQUAL -> Comparisons.notEqual(left, right);
      case LESS -> Comparisons.less(left, right);
      case GREATER -> Comparisons.less(right, left);
      case LESS_OR_EQUAL -> Comparisons.lessOrEqual(left, right);
      case GREATER_OR_EQUAL -> Comparisons.lessOrEqual(right, left);
      case ADD -> Arithmetic.add(List.of(left, right));
      case SUBTRACT -> Arithmetic.subtract(left, right);
      case MULTIPLY -> Arithmetic.multiply(left, right);
      case DIVIDE, INTEGER_DIVIDE -> Arithmetic.divide(left, right);
      case MODULO -> Arithmetic.modulo(left, right);
    };
  }

  /** {@code find_substr(text, "part") != null} and {@code == null} need no offset. */
  private @Nullable Node fused(Expr.Binary binary) {
    boolean equal = binary.operator() == Operator.EQUAL;
    if (!equal && binary.operator() != Operator.NOT_EQUAL) {
      return null;
    }
    Expr operand = besideNull(binary);
    if (!(operand instanceof Expr.Call call)
        || !call.name().equals("find_substr")
        || call.children().size() != 2
        || !(call.children().get(1) instanceof Expr.TextLiteral part)) {
      return null;
    }
    Node contains = Comparisons.contains(compile(call.children().get(0)), Text.of(part.value()));
    return equal ? Logic.not(contains) : contains;
  }

  private static @Nullable Expr besideNull(Expr.Binary binary) {
    if (binary.right() instanceof Expr.NullLiteral) {
      return binary.left();
    }
    return binary.left() instanceof Expr.NullLiteral ? binary.right() : null;
  }

  /** The operands of {@code a + b + c} as written, from left to right. */
  private static List<Expr> summands(Expr.Binary sum) {
    List<Expr> operands = new ArrayList<>();
    Expr left = sum;
    while (left instanceof Expr.Binary binary && binary.operator() == Operator.ADD) {
      operands.add(binary.right());
      left = binary.left();
    }
    operands.add(left);
    Collections.reverse(operands);
    return operands;
  }

  @Override
  public Node choose(Expr.IfExpr choice) {
    List<Node> conditions = new ArrayList<>();
    List<Node> values = new ArrayList<>();
    List<BranchPoint> own = new ArrayList<>();
    for (Expr.Choice each : choice.choices()) {
      own.add(new BranchPoint(each.condition().span(), false));
      conditions.add(compile(each.condition()));
      values.add(compile(each.value()));
    }
    own.add(lastPoint(choice, choice.otherwise()));
    points.addAll(own);
    return Logic.choose(conditions, values, otherwise(choice.otherwise()), own);
  }

  @Override
  public Node select(Expr.SwitchExpr selection) {
    Node subject = compile(selection.subject());
    List<Node> cases = new ArrayList<>();
    List<Node> values = new ArrayList<>();
    List<BranchPoint> own = new ArrayList<>();
    for (Expr.Choice each : selection.cases()) {
      own.add(new BranchPoint(each.condition().span(), false));
      cases.add(compile(each.condition()));
      values.add(compile(each.value()));
    }
    own.add(lastPoint(selection, selection.otherwise()));
    points.addAll(own);
    return Logic.select(
        subject, new CaseTable(cases), values, otherwise(selection.otherwise()), own);
  }

  private static BranchPoint lastPoint(Expr whole, @Nullable Expr otherwise) {
    return otherwise == null
        ? new BranchPoint(whole.span(), true)
        : new BranchPoint(otherwise.span(), false);
  }

  private Node otherwise(@Nullable Expr otherwise) {
    return otherwise == null ? NULL : compile(otherwise);
  }

  @Override
  public Node call(Expr.Call call) {
    return call(call, null);
  }

  private Node call(Expr.Call call, @Nullable KnownKeys read) {
    if (call.name().equals("in_list")
        && call.children().size() == 2
        && call.children().get(0) instanceof Expr.ListLiteral literal) {
      return inList(compile(literal.children()), compile(call.children().get(1)));
    }
    List<Node> arguments = compile(call.children());
    FunctionSpec spec = Functions.find(call.name());
    if (spec == null) {
      unknown(call);
      return NULL;
    }
    if (!spec.accepts(arguments.size())) {
      wrongArity(call, spec);
      return NULL;
    }
    if (call.name().equals("in_list")
        && arguments.get(0).isConstant()
        && arguments.get(0).constant() instanceof ListValue known) {
      return Comparisons.inConstantList(known, arguments.get(1));
    }
    return call(call, spec, arguments, read);
  }

  private Node call(
      Expr.Call call, FunctionSpec spec, List<Node> arguments, @Nullable KnownKeys read) {
    Arguments known = Arguments.unknown(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).isConstant()) {
        known = known.with(i, arguments.get(i).constant());
      }
    }
    FunctionSpec.Complaint complaint = spec.check(known);
    if (complaint != null) {
      diagnostics.add(
          CompileCode.BAD_ARGUMENT
              .at(file, call.children().get(complaint.argument()).span(), complaint.message())
              .withHint(complaint.hint()));
    }
    cost += spec.cost();
    if (call.name().equals("coalesce")) {
      return Logic.coalesce(arguments);
    }
    Node whole = Calls.call(spec.bind(known), arguments, spec.isPure());
    return read == null || whole.isConstant()
        ? whole
        : Calls.unlessTraced(
            Calls.call(KeyValue.reading(read, arguments.size()), arguments, true), whole);
  }

  /** {@code in_list} over a list that is written there needs no list at run time. */
  private static Node inList(List<Node> elements, Node value) {
    Node list = Reads.list(elements);
    return list.isConstant() && list.constant() instanceof ListValue known
        ? Comparisons.inConstantList(known, value)
        : Comparisons.inListOf(elements, value);
  }

  private void unknown(Expr.Call call) {
    if (call.name().equals("submessage")) {
      diagnostics.add(CompileCode.SUBMESSAGE_AS_VALUE.at(file, call.nameSpan()));
      return;
    }
    diagnostics.add(
        CompileCode.UNKNOWN_FUNCTION.at(file, call.nameSpan(), call.name()),
        () -> NearNames.hint(call.name(), Functions.names()));
  }

  private void wrongArity(Expr.Call call, FunctionSpec spec) {
    diagnostics.add(
        CompileCode.WRONG_ARITY
            .at(
                file,
                call.nameSpan(),
                call.name(),
                arity(spec.minArity(), spec.maxArity()),
                call.children().size())
            .withHint("write `" + spec.signature() + "`"));
  }

  private static String arity(int least, int most) {
    if (most == Integer.MAX_VALUE) {
      return "at least " + count(least);
    }
    return least == most ? count(least) : least + " to " + count(most);
  }

  private static String count(int arguments) {
    return arguments == 1 ? "1 argument" : arguments + " arguments";
  }
}
