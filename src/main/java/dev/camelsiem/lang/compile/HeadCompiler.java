package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.eval.HeadMatcher;
import dev.camelsiem.lang.eval.PathCondition;
import dev.camelsiem.lang.eval.StructuredHead;
import dev.camelsiem.lang.eval.TextHead;
import dev.camelsiem.lang.pattern.Binding;
import dev.camelsiem.lang.pattern.TextPattern;
import dev.camelsiem.lang.pattern.TokenKind;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.syntax.Unescaped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes matchers of heads: first all formats are read, then, when slots are known, matchers. */
final class HeadCompiler {
  private final SourceFile file;
  private final Diagnostics diagnostics;
  private final Map<Formula.Head, TextPattern> patterns = new HashMap<>();
  private final Map<Formula.Head, PathCondition> conditions = new HashMap<>();
  private final List<TextPattern> inOrder = new ArrayList<>();

  HeadCompiler(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /** Reads the formats of all heads and reports what is wrong with them. */
  void read(List<Formula.Body> bodies) {
    for (Formula.Body body : bodies) {
      Set<String> seen = new LinkedHashSet<>();
      for (Formula.Head head : body.heads()) {
        if (!seen.add(head.kind() + head.format().value())) {
          diagnostics.add(CompileCode.DUPLICATE_HEAD.at(file, head.span()));
        }
        read(head);
      }
    }
  }

  private void read(Formula.Head head) {
    int from = head.format().span().from() + 1;
    Unescaped format =
        Unescaped.of(file.text(), from, Math.max(from, head.format().span().to() - 1));
    if (head.kind() != HeadKind.TEXT) {
      conditions.put(head, HeaderCondition.parse(file, head.format().span(), format, diagnostics));
      return;
    }
    TextPattern pattern =
        TextPattern.compile(file, format.value(), format.sourceOffsets(), diagnostics);
    if (pattern != null) {
      patterns.put(head, pattern);
      inOrder.add(pattern);
    }
  }

  /** All patterns that could be read, in source order. */
  List<TextPattern> patterns() {
    return inOrder;
  }

  @Nullable TextPattern pattern(Formula.Head head) {
    return patterns.get(head);
  }

  PathCondition condition(Formula.Head head) {
    return conditions.getOrDefault(head, PathCondition.NONE);
  }

  /** The matchers of one body; call it only when there are no errors. */
  List<HeadMatcher> matchers(Formula.Body body, Symbols symbols, FieldNames fields) {
    List<HeadMatcher> matchers = new ArrayList<>();
    for (Formula.Head head : body.heads()) {
      TextPattern pattern = patterns.get(head);
      if (pattern != null) {
        matchers.add(textMatcher(pattern, symbols, fields));
      } else if (head.kind() != HeadKind.TEXT) {
        matchers.add(structuredMatcher(head, body.condition(), symbols));
      }
    }
    return matchers;
  }

  private static HeadMatcher textMatcher(TextPattern pattern, Symbols symbols, FieldNames fields) {
    List<TextHead.Destination> destinations = new ArrayList<>();
    for (Binding binding : pattern.bindings()) {
      destinations.add(
          binding.isField()
              ? new TextHead.Destination(
                  symbols.field(binding.name()), fields.type(binding.name(), binding.span()), null)
              : new TextHead.Destination(
                  symbols.variable(binding.name()),
                  null,
                  binding.token() == TokenKind.KEYVALUE ? symbols.known(binding.name()) : null));
    }
    return new TextHead(pattern, destinations);
  }

  /** Every variable of the rule may be bound; those that the condition reads come first. */
  private HeadMatcher structuredMatcher(
      Formula.Head head, Formula.@Nullable Condition condition, Symbols symbols) {
    SortedSet<Integer> early = new TreeSet<>();
    if (condition != null) {
      Trees.expressions(
          condition.value(),
          expr -> {
            if (expr instanceof Expr.Variable variable) {
              early.add(symbols.variable(variable.name()));
            }
          });
    }
    return new StructuredHead(
        head.span(),
        DocumentFormat.valueOf(head.kind().name()),
        condition(head),
        symbols.variableTexts(),
        List.copyOf(early),
        symbols.late());
  }
}
