package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.eval.Calls;
import dev.camelsiem.lang.eval.Node;
import dev.camelsiem.lang.eval.Reads;
import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.FunctionType;
import dev.camelsiem.lang.pattern.Binding;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.lang.value.ValueKind;
import dev.camelsiem.text.Text;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Warns of calls and assignments that can do nothing with what they get, whatever event comes. */
final class TypeChecks {
  private final SourceFile file;
  private final FieldCatalog catalog;
  private final Diagnostics diagnostics;
  private final Budget budget = new Budget(EvaluationLimits.DEFAULT);

  /** Whether a parameter can do something with a value of a field that has few. */
  private final Map<String, Boolean> readable = new HashMap<>();

  TypeChecks(SourceFile file, FieldCatalog catalog, Diagnostics diagnostics) {
    this.file = file;
    this.catalog = catalog;
    this.diagnostics = diagnostics;
  }

  /** Looks at the arguments of a call. */
  void call(FunctionSpec spec, List<Expr> arguments, KindFinder finder) {
    for (int i = 0; i < arguments.size(); i++) {
      Expr argument = arguments.get(i);
      FunctionSpec.Param param = spec.param(i);
      Set<ValueKind> kinds = finder.of(argument);
      boolean fits = kinds.isEmpty() ? param.nullable() : kinds.stream().anyMatch(param::takes);
      if (!fits) {
        useless(spec, param, argument, words(kinds), hint(kinds, argument, spec));
      } else if (!mayBeRead(spec, i, argument, arguments.size() == 1)) {
        useless(spec, param, argument, words(argument), example(spec));
      }
    }
  }

  /** False when the argument is one of certain texts and none of them spells what is wanted. */
  private boolean mayBeRead(FunctionSpec spec, int index, Expr argument, boolean alone) {
    Predicate<Text> reads =
        alone && spec.isPure()
            ? text -> givesSomething(spec, text)
            : text -> spec.param(index).reads(text);
    if (argument instanceof Expr.TextLiteral literal) {
      return reads.test(Text.of(literal.value()));
    }
    if (!(argument instanceof Expr.Field field)) {
      return true;
    }
    List<String> values = catalog.valuesOf(field.name());
    return values.isEmpty()
        || readable.computeIfAbsent(
            spec.name() + index + field.name(),
            key -> values.stream().map(Text::of).anyMatch(reads));
  }

  private static boolean givesSomething(FunctionSpec spec, Text text) {
    List<Node> arguments = List.of(Reads.constant(text));
    Node call = Calls.call(spec.bind(Arguments.constants(text)), arguments, spec.isPure());
    return !call.isConstant() || call.constant() != null;
  }

  private void useless(
      FunctionSpec spec, FunctionSpec.Param param, Expr argument, String found, String hint) {
    String name = spec.name();
    String only = spec.returnType() == FunctionType.BOOL ? "False" : "null";
    Diagnostic finding =
        param.nullable()
            ? LintCode.USELESS_ARGUMENT.at(file, argument.span(), name, found, param.name())
            : LintCode.USELESS_CALL.at(file, argument.span(), name, only, found, param.name());
    diagnostics.add(finding.withHint(hint));
  }

  private static String hint(Set<ValueKind> kinds, Expr argument, FunctionSpec spec) {
    if (kinds.isEmpty() && argument instanceof Expr.Field field) {
      return Linter.bareNameHint(field.name());
    }
    String part = partHint(kinds);
    return part == null ? example(spec) : part;
  }

  private static String example(FunctionSpec spec) {
    return "write it as in `" + spec.examples().get(0).call() + "`";
  }

  /** Looks at what a field is set to. */
  void assignment(String field, Expr value, Set<ValueKind> kinds) {
    FieldType type = type(field);
    if (!kinds.isEmpty() && kinds.stream().noneMatch(kind -> takes(type, kind))) {
      unsettable(field, type, value.span(), kinds, words(kinds));
    } else if (value instanceof Expr.TextLiteral literal
        && convert(type, literal.value()) == null) {
      unsettable(field, type, value.span(), kinds, words(literal));
    }
  }

  private @Nullable Object convert(FieldType type, String text) {
    budget.start(FunctionType.END_OF_A_LEAP_YEAR);
    return type.convert(Text.of(text), budget);
  }

  /** Looks at what a format sets a field to. */
  void binding(Binding binding) {
    FieldType type = type(binding.name());
    if (!takes(type, binding.value())) {
      Set<ValueKind> kinds = EnumSet.of(binding.value());
      unsettable(binding.name(), type, binding.span(), kinds, words(kinds));
    }
  }

  private FieldType type(String field) {
    FieldType type = catalog.typeOf(field);
    return type == null ? FieldType.STRING : type;
  }

  private static boolean takes(FieldType type, ValueKind kind) {
    return switch (type) {
      case NUMBER -> kind == ValueKind.BOOL || FunctionType.NUMBER.takes(kind);
      case BOOL -> FunctionType.SCALAR.takes(kind);
      default -> KindFinder.type(type).takes(kind);
    };
  }

  private void unsettable(
      String field, FieldType type, Span span, Set<ValueKind> kinds, String found) {
    String hint = partHint(kinds);
    if (type == FieldType.DATETIME && kinds.contains(ValueKind.NUMBER)) {
      hint = "`epoch_to_datetime` makes a DateTime of seconds";
    } else if (hint == null) {
      hint = "its type is " + KindFinder.type(type).word() + "; null leaves it unset";
    }
    diagnostics.add(LintCode.NEVER_SET.at(file, span, field, found).withHint(hint));
  }

  /** How to get at what is in a value that has parts. */
  private static @Nullable String partHint(Set<ValueKind> kinds) {
    if (kinds.contains(ValueKind.LIST)) {
      return "an element of a List is written `[0]`, and `join` makes a text of all";
    }
    return kinds.contains(ValueKind.MAP) ? "a value of a Map is written `[\"key\"]`" : null;
  }

  private static String words(Expr known) {
    if (known instanceof Expr.Field field) {
      return "a value of `" + field.name() + "`";
    }
    return known instanceof Expr.TextLiteral literal ? "`" + literal.value() + "`" : "this";
  }

  /** {@code a String or Number}. */
  private static String words(Set<ValueKind> kinds) {
    if (kinds.isEmpty()) {
      return "null";
    }
    String words = String.join(" or ", kinds.stream().map(ValueKind::word).toList());
    boolean vowel = words.startsWith("IP") || words.startsWith("XML");
    return (vowel ? "an " : "a ") + words;
  }
}
