package dev.camelsiem.check.workbench;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the workbench has to say to an input.
 *
 * @param findings errors and warnings about the input, and notes why it gave nothing
 * @param value the value of an expression or the event of a formula as JSON; null when there is
 *     none
 * @param assignments what statements have set, {@code name = value}
 */
public record Answer(List<Diagnostic> findings, @Nullable String value, List<String> assignments) {
  /** True when the input was understood and gave what it was asked for. */
  public boolean ok() {
    return findings.stream().noneMatch(Diagnostic::isError)
        && (value != null || !assignments.isEmpty());
  }

  static Answer refused(List<Diagnostic> findings) {
    return new Answer(findings, null, List.of());
  }
}
