package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.eval.Input;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.FunctionType;
import dev.camelsiem.lang.function.builtin.Functions;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.lang.value.ValueKind;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that the value of an expression may have at one place, null aside: an expression with
 * none is always null.
 */
final class KindFinder implements Expr.Visitor<Set<ValueKind>> {
  static final Set<ValueKind> ALL =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(ValueKind.NULL)));
  static final Set<ValueKind> NONE = Collections.unmodifiableSet(EnumSet.noneOf(ValueKind.class));

  private final FieldCatalog catalog;
  private final Set<String> fieldsSet;
  private final VariableKinds variables;

  /**
   * @param fieldsSet the fields that the rule sets anywhere
   */
  KindFinder(FieldCatalog catalog, Set<String> fieldsSet, VariableKinds variables) {
    this.catalog = catalog;
    this.fieldsSet = fieldsSet;
    this.variables = variables;
  }

  Set<ValueKind> of(Expr expr) {
    return expr.accept(this);
  }

  private Set<ValueKind> anyOf(Collection<Expr> exprs) {
    Set<ValueKind> kinds = EnumSet.noneOf(ValueKind.class);
    exprs.forEach(expr -> kinds.addAll(of(expr)));
    return kinds;
  }

  /** The type that a field has to a function. */
  static FunctionType type(FieldType type) {
    return switch (type) {
      case NUMBER -> FunctionType.NUMBER;
      case IP -> FunctionType.IP;
      case MAC -> FunctionType.MAC;
      case DATETIME -> FunctionType.DATETIME;
      case BOOL -> FunctionType.BOOL;
      case LIST -> FunctionType.LIST;
      default -> FunctionType.STRING;
    };
  }

  @Override
  public Set<ValueKind> text(Expr.TextLiteral literal) {
    return FunctionType.STRING.gives();
  }

  @Override
  public Set<ValueKind> number(Expr.NumberLiteral literal) {
    return FunctionType.NUMBER.gives();
  }

  @Override
  public Set<ValueKind> bool(Expr.BoolLiteral literal) {
    return FunctionType.BOOL.gives();
  }

  @Override
  public Set<ValueKind> nothing(Expr.NullLiteral literal) {
    return NONE;
  }

  @Override
  public Set<ValueKind> variable(Expr.Variable variable) {
    return variables.of(variable.name());
  }

  /** Of a name that nobody knows the finding about it says enough. */
  @Override
  public Set<ValueKind> field(Expr.Field field) {
    FieldType type = catalog.typeOf(field.name());
    if (type == null || Input.of(field.name()) != null) {
      return ALL;
    }
    return fieldsSet.contains(field.name()) ? type(type).gives() : NONE;
  }

  @Override
  public Set<ValueKind> list(Expr.ListLiteral list) {
    return FunctionType.LIST.gives();
  }

  @Override
  public Set<ValueKind> index(Expr.Index index) {
    return ALL;
  }

  @Override
  public Set<ValueKind> call(Expr.Call call) {
    FunctionSpec spec = Functions.find(call.name());
    return spec == null || spec.returnType() == FunctionType.ANY ? ALL : spec.returnType().gives();
  }

  @Override
  public Set<ValueKind> not(Expr.Not not) {
    return FunctionType.BOOL.gives();
  }

  @Override
  public Set<ValueKind> negate(Expr.Negate negate) {
    return FunctionType.NUMBER.gives();
  }

  @Override
  public Set<ValueKind> binary(Expr.Binary binary) {
    return switch (binary.operator()) {
      case EQUAL, NOT_EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL ->
          FunctionType.BOOL.gives();
      case SUBTRACT, MULTIPLY, DIVIDE, INTEGER_DIVIDE, MODULO -> FunctionType.NUMBER.gives();
      case ADD -> sum(of(binary.left()), of(binary.right()));
    };
  }

  /** Null and what has no text are neutral; numbers are added, everything else is joined. */
  private static Set<ValueKind> sum(Set<ValueKind> left, Set<ValueKind> right) {
    Set<ValueKind> kinds = EnumSet.noneOf(ValueKind.class);
    kinds.addAll(left);
    kinds.addAll(right);
    kinds.removeIf(kind -> !FunctionType.SCALAR.takes(kind));
    if (!FunctionType.NUMBER.gives().containsAll(kinds)) {
      kinds.add(ValueKind.STRING);
    }
    return kinds;
  }

  @Override
  public Set<ValueKind> and(Expr.And and) {
    return FunctionType.BOOL.gives();
  }

  @Override
  public Set<ValueKind> or(Expr.Or or) {
    return FunctionType.BOOL.gives();
  }

  @Override
  public Set<ValueKind> choose(Expr.IfExpr choice) {
    return results(choice.choices(), choice.otherwise());
  }

  @Override
  public Set<ValueKind> select(Expr.SwitchExpr selection) {
    return results(selection.cases(), selection.otherwise());
  }

  private Set<ValueKind> results(List<Expr.Choice> choices, @Nullable Expr otherwise) {
    Set<ValueKind> kinds = anyOf(choices.stream().map(Expr.Choice::value).toList());
    if (otherwise != null) {
      kinds.addAll(of(otherwise));
    }
    return kinds;
  }

  @Override
  public Set<ValueKind> broken(Expr.Broken broken) {
    return ALL;
  }
}
