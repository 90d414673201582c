package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.syntax.Formula;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a formula.
 *
 * @param rule null when a finding is an error
 * @param formula the tree; with errors, what could be understood of it
 * @param findings sorted by place
 */
public record Compilation(@Nullable CompiledRule rule, Formula formula, List<Diagnostic> findings) {
  public Compilation {
    findings = List.copyOf(findings);
  }

  public boolean hasErrors() {
    return rule == null;
  }
}
