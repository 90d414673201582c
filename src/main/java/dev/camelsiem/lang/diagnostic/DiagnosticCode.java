package dev.camelsiem.lang.diagnostic;

/**
 * The kind of a finding: a stable code that is never reused, and its severity.
 *
 * <p>Each area declares its own enum of codes. Ranges: 1xx reading and syntax, 2xx names, arity and
 * types, 3xx text patterns, 4xx taxonomy, 5xx packages, metadata and localization, 6xx evaluation,
 * 7xx rule tests, 8xx CEF mappings and integrations, 9xx warnings of the linter.
 */
public interface DiagnosticCode {
  /** What stands behind the name. */
  Definition definition();

  /**
   * Of a kind of finding.
   *
   * @param code for example {@code XP201}
   * @param message the headline with {@code {}} for each argument: one sentence, what was expected
   *     and what was found
   */
  record Definition(String code, Severity severity, String message) {}

  default String code() {
    return definition().code();
  }

  default Severity severity() {
    return definition().severity();
  }

  default String message() {
    return definition().message();
  }

  /** A finding of this kind at a place. */
  default Diagnostic at(SourceFile file, Span span, Object... arguments) {
    return new Diagnostic(this, file, span, Diagnostic.fill(message(), arguments), null);
  }
}
