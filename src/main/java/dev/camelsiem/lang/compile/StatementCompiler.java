package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.eval.BranchPoint;
import dev.camelsiem.lang.eval.CaseTable;
import dev.camelsiem.lang.eval.Node;
import dev.camelsiem.lang.eval.Step;
import dev.camelsiem.lang.eval.Steps;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula.Subformula;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.syntax.Statement;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes steps of statements. */
final class StatementCompiler implements Statement.Visitor<Step> {
  private static final int[] NONE = {};

  private final SourceFile file;
  private final Symbols symbols;
  private final FieldNames fields;
  private final ExpressionCompiler expressions;
  private final List<Subformula> subformulas;
  private final List<BranchPoint> points;
  private final Diagnostics diagnostics;

  /** Indexes of the subformulas of each name, in order. */
  private final Map<String, List<Integer>> byName = new LinkedHashMap<>();

  /** Those of them that a submessage of one kind tries: all that ask for them share an array. */
  private final Map<String, int[]> candidates = new HashMap<>();

  /** Steps of the block that is being compiled. */
  private int cost;

  StatementCompiler(
      SourceFile file,
      Symbols symbols,
      FieldNames fields,
      List<Subformula> subformulas,
      List<BranchPoint> points,
      Diagnostics diagnostics) {
    this.file = file;
    this.symbols = symbols;
    this.fields = fields;
    this.expressions = new ExpressionCompiler(file, symbols, fields, points, diagnostics);
    this.subformulas = subformulas;
    this.points = points;
    this.diagnostics = diagnostics;
    for (int i = 0; i < subformulas.size(); i++) {
      byName.computeIfAbsent(subformulas.get(i).name(), name -> new ArrayList<>()).add(i);
    }
  }

  ExpressionCompiler expressions() {
    return expressions;
  }

  Step compile(List<Statement> statements) {
    int around = cost;
    cost = statements.size();
    List<Step> steps = statements.stream().map(statement -> statement.accept(this)).toList();
    Step block = Steps.block(steps, cost);
    cost = around;
    return block;
  }

  /** Compiles an expression of a statement, which the block around the statement pays for. */
  private Node compile(Expr expr) {
    int before = expressions.cost();
    Node node = expressions.compile(expr);
    cost += expressions.cost() - before;
    return node;
  }

  @Override
  public Step assign(Statement.Assign assign) {
    String name = assign.target().name();
    if (assign.target() instanceof Expr.Variable) {
      int before = expressions.cost();
      Node value = expressions.assigned(name, assign.value());
      cost += expressions.cost() - before;
      int slot = symbols.variable(name);
      if (symbols.isAlias(name)) {
        expressions.alias(name, value);
        return Steps.assignAlias(assign.span(), name, slot, value);
      }
      return Steps.assignVariable(assign.span(), name, slot, value);
    }
    Node value = compile(assign.value());
    FieldType type = fields.type(name, assign.target().span());
    return Steps.assignField(assign.span(), name, symbols.field(name), type, value);
  }

  @Override
  public Step branch(Statement.If branch) {
    List<Node> conditions = new ArrayList<>();
    List<Step> bodies = new ArrayList<>();
    List<BranchPoint> own = new ArrayList<>();
    branches(branch.branches(), branch.otherwise(), branch, conditions, bodies, own);
    return Steps.branch(conditions, bodies, own);
  }

  @Override
  public Step select(Statement.Switch selection) {
    Node subject = compile(selection.subject());
    List<Node> cases = new ArrayList<>();
    List<Step> bodies = new ArrayList<>();
    List<BranchPoint> own = new ArrayList<>();
    branches(selection.cases(), selection.otherwise(), selection, cases, bodies, own);
    return Steps.select(subject, new CaseTable(cases), bodies, own);
  }

  private void branches(
      List<Statement.Branch> branches,
      Statement.@Nullable Else otherwise,
      Statement whole,
      List<Node> conditions,
      List<Step> bodies,
      List<BranchPoint> own) {
    for (Statement.Branch each : branches) {
      own.add(new BranchPoint(each.span(), false));
    }
    own.add(
        otherwise == null
            ? new BranchPoint(whole.span(), true)
            : new BranchPoint(otherwise.span(), false));
    points.addAll(own);
    for (Statement.Branch each : branches) {
      conditions.add(compile(each.condition()));
      bodies.add(compile(each.body()));
    }
    bodies.add(compile(otherwise == null ? List.of() : otherwise.body()));
  }

  @Override
  public Step drop(Statement.Drop drop) {
    return Steps.drop(drop.span());
  }

  @Override
  public Step submessage(Statement.Submessage submessage) {
    Node text = compile(submessage.text());
    String format = constant(submessage.format(), "format");
    String name = constant(submessage.name(), "name");
    if (format == null || name == null) {
      return Steps.block(List.of());
    }
    HeadKind kind = HeadKind.find(format);
    if (kind == null) {
      diagnostics.add(
          CompileCode.UNKNOWN_FORMAT
              .at(file, submessage.format().span(), format)
              .withHint("write one of " + Arrays.toString(HeadKind.values())));
      return Steps.block(List.of());
    }
    return Steps.submessage(submessage.span(), candidates(submessage, kind, name), text);
  }

  private int[] candidates(Statement.Submessage submessage, HeadKind kind, String name) {
    List<Integer> named = byName.get(name);
    if (named == null) {
      diagnostics.add(
          CompileCode.NO_SUBFORMULA.at(file, submessage.name().span(), name),
          () -> NearNames.hint(name, byName.keySet()));
      return NONE;
    }
    int[] found = candidates.computeIfAbsent(kind + name, key -> ofKind(named, kind));
    if (found.length == 0) {
      diagnostics.add(
          CompileCode.NO_SUBFORMULA_OF_FORMAT.at(file, submessage.format().span(), name, kind));
    }
    return found;
  }

  private int[] ofKind(List<Integer> indexes, HeadKind kind) {
    return indexes.stream()
        .mapToInt(i -> i)
        .filter(i -> subformulas.get(i).body().heads().stream().anyMatch(h -> h.kind() == kind))
        .toArray();
  }

  private @Nullable String constant(Expr expr, String what) {
    if (expr instanceof Expr.Broken) {
      return null;
    }
    Node node = expressions.compile(expr);
    if (node.isConstant() && node.constant() instanceof Text text) {
      return text.toString();
    }
    diagnostics.add(CompileCode.NOT_CONSTANT.at(file, expr.span(), what));
    return null;
  }
}
