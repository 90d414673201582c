package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  @Test
  void explainsACodeInAnyCaseWithAnExample() {
    Siem siem = Siem.run("explain", "xp903");
    assertThat(siem.status()).isZero();
    assertThat(siem.out())
        .startsWith("XP903\nwarning: `find_substr` gives an offset")
        .contains("Compare with null")
        .contains("  |")
        .doesNotContain("###")
        .doesNotContain("```");
  }

  @Test
  void listsAllAndHelpsWithMisspeltOnes() {
    assertThat(Siem.run("explain").out()).contains("XP201  error: unknown function `{}`\n");
    Siem unknown = Siem.run("explain", "XP20");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("there is no code `XP20`");
  }
}
