package dev.camelsiem.integration;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import dev.camelsiem.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of one mapping. A value that breaks its rule becomes a finding and is replaced by
 * its standard, so that one pass finds all that is wrong.
 */
final class CheckedValues {
  private static final int MOST_DIGITS = 10;

  final Fields fields;
  private final SourceFile file;
  private final Diagnostics diagnostics;

  CheckedValues(SourceFile file, Diagnostics diagnostics, Fields fields) {
    this.file = file;
    this.diagnostics = diagnostics;
    this.fields = fields;
  }

  /** The same for a mapping inside this one. */
  CheckedValues in(Fields inner) {
    return new CheckedValues(file, diagnostics, inner);
  }

  /**
   * The text of a key that keeps its rule; the standard when it breaks it. A key that is absent
   * takes the standard, and an empty standard makes it mandatory.
   */
  String checked(String key, String standard) {
    Scalar scalar = fields.scalar(key, "a single value");
    if (scalar == null && !standard.isEmpty() && !fields.has(key)) {
      return standard;
    }
    String text = scalar == null ? null : scalar.text();
    FieldProblem problem = FieldRules.check(key, text);
    report(problem, fields.span(key));
    return problem != null || text == null ? standard : text;
  }

  /** A number with a rule of its own. */
  int number(String key, int standard) {
    String text = checked(key, Integer.toString(standard));
    return Integer.parseInt(text.strip());
  }

  <E extends Enum<E>> E choice(String key, E standard) {
    String text = checked(key, standard.name());
    return Enum.valueOf(standard.getDeclaringClass(), FieldRules.constant(text));
  }

  /** A whole number without a rule of its own. */
  long bounded(String key, long from, long to, long standard) {
    Scalar scalar = fields.scalar(key, "a whole number");
    if (scalar == null) {
      return standard;
    }
    String text = scalar.text();
    boolean digits = text.length() <= MOST_DIGITS && Ascii.isDigits(text);
    if (digits && Long.parseLong(text) >= from && Long.parseLong(text) <= to) {
      return Long.parseLong(text);
    }
    String wanted = "a whole number from " + from + " to " + to;
    report(
        new FieldProblem(key, IntegrationCode.RANGE, scalar.text(), wanted, null), scalar.span());
    return standard;
  }

  void report(@Nullable FieldProblem problem, Span span) {
    if (problem != null) {
      diagnostics.add(problem.at(file, span));
    }
  }

  /** A finding about a key as a whole, at its value. */
  void report(IntegrationCode code, String key, String sentence) {
    diagnostics.add(code.at(file, fields.span(key), key, sentence));
  }
}
