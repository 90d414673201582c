package dev.camelsiem.lang.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text is looked at once, whatever strings are in it. */
class LexerCostTest {
  @ParameterizedTest
  @ValueSource(strings = {"'',", "'a\\n',", "'\\\\',", "'\\u12',", "\"a'b\",", "'x' \\ "})
  void escapesAreLookedForInTheirStringOnly(String unit) {
    String text = unit.repeat(100_000 / unit.length());
    for (String end : new String[] {"", "'\\n'", "'\\"}) {
      Lexer lexer = new Lexer(new SourceFile("text", text + end), new Diagnostics());
      assertThat(lexer.lex()).isNotEmpty();
      assertThat(lexer.looked()).isLessThanOrEqualTo(text.length() + end.length());
    }
  }
}
