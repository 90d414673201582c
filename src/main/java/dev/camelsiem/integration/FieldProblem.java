package dev.camelsiem.integration;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one value.
 *
 * @param field the key, such as {@code port}
 * @param rule which rule it breaks
 * @param found the value for the finding
 * @param wanted what would be right, as a sentence that ends the finding
 */
public record FieldProblem(
    String field, IntegrationCode rule, String found, String wanted, @Nullable String hint) {
  /** The finding at a place of a file. */
  Diagnostic at(SourceFile file, Span span) {
    return switch (rule) {
      case REQUIRED, CONFLICT, WEAK, FILE, OLD_KEY ->
          rule.at(file, span, field, wanted).withHint(hint);
      case FORMAT, RANGE, UNKNOWN, LENGTH, DUPLICATE ->
          rule.at(file, span, field, wanted, found).withHint(hint);
      case NO_INTEGRATION -> rule.at(file, span);
    };
  }

  /** The finding as a sentence, for settings that stand in no file. */
  public String sentence() {
    return at(new SourceFile("", ""), Span.START).message() + (hint == null ? "" : "; " + hint);
  }

  /** The stable name that tools and the test vectors use: {@code port.range}. */
  public String key() {
    return field + "." + rule.suffix();
  }
}
