package dev.camelsiem.lang.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is collected and what of it is shown. */
class DiagnosticsTest {
  private enum Code implements DiagnosticCode {
    ODD;

    @Override
    public Definition definition() {
      return new Definition("T1", Severity.WARNING, "odd: {}");
    }
  }

  private final SourceFile file = new SourceFile("file", "x".repeat(10_000));
  private final Diagnostics diagnostics = new Diagnostics();
  private final List<Integer> asked = new ArrayList<>();

  private void add(int at) {
    diagnostics.add(
        Code.ODD.at(file, new Span(at, at), at),
        () -> {
          asked.add(at);
          return "hint " + at;
        });
  }

  /** A hint is a search among many names, and most findings of a broken text are not shown. */
  @Test
  void onlyThoseThatAreShownAreAskedForTheirHint() {
    for (int at = 9_999; at >= 0; at--) {
      add(at);
      add(at);
    }
    List<Diagnostic> shown = diagnostics.all();
    assertThat(shown).hasSize(Diagnostics.MOST_PER_FILE);
    assertThat(shown.get(7).hint()).isEqualTo("hint 7");
    assertThat(asked).hasSize(Diagnostics.MOST_PER_FILE);
  }

  @Test
  void aHintOfItsOwnIsKept() {
    diagnostics.add(Code.ODD.at(file, Span.START, 1).withHint("own"));
    diagnostics.add(Code.ODD.at(file, Span.START, 2));
    assertThat(diagnostics.all()).extracting(Diagnostic::hint).containsExactly("own", null);
  }
}
