package dev.camelsiem.lang.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.BudgetExceeded;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The matcher equals the naive one, and nothing makes it run away. */
class MatcherPropertyTest {
  private final Match match = new Match();
  private final Budget budget = new Budget(EvaluationLimits.DEFAULT);

  @Property(tries = 12_000)
  void equalsTheNaiveMatcher(@ForAll long seed) {
    Random random = new Random(seed);
    List<NaiveMatcher.Part> format = NaiveMatcher.randomFormat(random);
    TextPattern pattern = compile(NaiveMatcher.print(format, random));
    for (int i = 0; i < 3; i++) {
      String text = NaiveMatcher.randomText(format, random);
      Map<String, String> wanted = new NaiveMatcher(format, text).match();
      String shown = NaiveMatcher.print(format, new Random(0)) + "  <-  " + text;
      assertThat(matches(pattern, text)).as(shown).isEqualTo(wanted != null);
      if (wanted != null) {
        assertThat(bound(pattern)).as(shown).isEqualTo(wanted);
        for (Text literal : pattern.requiredLiterals()) {
          assertThat(text).as(shown).contains(literal.toString());
        }
      }
    }
  }

  @Property(tries = 10_000)
  void noFormatIsTooBrokenToBeReported(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder format = new StringBuilder();
    String alphabet = "{}|?+*\"'\\=(),$a.WORD UNTIL STRING LITERAL* n\n{é\uD83D";
    for (int i = random.nextInt(40); i > 0; i--) {
      format.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    Diagnostics diagnostics = new Diagnostics();
    TextPattern pattern = TextPattern.compile(format.toString(), diagnostics);
    assertThat(pattern == null).isEqualTo(diagnostics.hasErrors());
    if (pattern != null) {
      matches(pattern, format.toString());
    }
  }

  @Test
  void nestedRunsAreLinear() {
    TextPattern pattern = compile("{STRING*}{STRING*}{STRING*}{STRING*}{STRING*}{STRING*} x");
    assertThat(matches(pattern, "a ".repeat(2_000))).isFalse();
    assertThat(budget.stepsUsed()).isLessThan(200_000);
  }

  @Test
  void runsOfCharactersLookForWhatFollows() {
    TextPattern pattern = compile("{$a=LITERAL*}end");
    assertThat(matches(pattern, "x".repeat(1_000_000) + "end")).isTrue();
    assertThat(budget.stepsUsed()).isLessThan(50_000);
  }

  @Test
  void whatIsTooMuchEndsWithTheBudget() {
    TextPattern pattern =
        compile(
            "{LITERAL*}{WORD|STRING}{LITERAL*}{WORD|STRING}{LITERAL*}{WORD|STRING}{\"y\"|\"z\"}");
    String text = "a-".repeat(400_000);
    assertThatThrownBy(() -> matches(pattern, text)).isInstanceOf(BudgetExceeded.class);
    assertThat(matches(pattern, "a b c y")).isTrue();
  }

  static TextPattern compile(String format) {
    Diagnostics diagnostics = new Diagnostics();
    TextPattern pattern = TextPattern.compile(format, diagnostics);
    assertThat(diagnostics.hasErrors()).as(format + diagnostics.all()).isFalse();
    return Objects.requireNonNull(pattern);
  }

  private boolean matches(TextPattern pattern, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    budget.start(0);
    return pattern.match(bytes, 0, bytes.length, match, budget);
  }

  private Map<String, String> bound(TextPattern pattern) {
    return bound(pattern, match);
  }

  static Map<String, String> bound(TextPattern pattern, Match match) {
    Map<String, String> bound = new TreeMap<>();
    for (int i = 0; i < pattern.bindings().size(); i++) {
      if (match.isSet(i)) {
        Text text = match.text(i);
        bound.put(pattern.bindings().get(i).name(), text == null ? "<null>" : text.toString());
      }
    }
    return bound;
  }
}
