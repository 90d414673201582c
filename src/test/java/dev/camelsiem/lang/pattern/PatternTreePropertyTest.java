package dev.camelsiem.lang.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.lang.value.ListValue;
import dev.camelsiem.lang.value.MapValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Patterns that go on where a walk through their tree has come to match what they match alone. */
class PatternTreePropertyTest {
  private final PatternWalk walk = new PatternWalk();
  private final Match alone = new Match();
  private final Match walked = new Match();
  private final Budget budget = new Budget(EvaluationLimits.DEFAULT);
  private int matches;

  @Property(tries = 4000)
  void aWalkChangesNothing(@ForAll long seed) {
    Random random = new Random(seed);
    List<List<NaiveMatcher.Part>> formats = kin(random, 1 + random.nextInt(12));
    List<TextPattern> patterns =
        formats.stream()
            .map(f -> MatcherPropertyTest.compile(NaiveMatcher.print(f, random)))
            .toList();
    PatternTree tree = tree(patterns);
    for (int i = 0; i < 6; i++) {
      List<NaiveMatcher.Part> format = formats.get(random.nextInt(formats.size()));
      check(tree, patterns, NaiveMatcher.randomText(format, random));
    }
  }

  @Test
  void textsOftenMatch() {
    for (long seed = 0; seed < 200; seed++) {
      aWalkChangesNothing(seed);
    }
    assertThat(matches).isGreaterThan(200);
  }

  /** Formats that begin like the one before, with other ends. */
  private static List<List<NaiveMatcher.Part>> kin(Random random, int count) {
    List<List<NaiveMatcher.Part>> formats = new ArrayList<>();
    List<NaiveMatcher.Part> last = NaiveMatcher.randomFormat(random);
    for (int i = 0; i < count; i++) {
      List<NaiveMatcher.Part> format =
          new ArrayList<>(last.subList(0, random.nextInt(last.size() + 1)));
      format.addAll(NaiveMatcher.randomFormat(random));
      formats.add(format);
      last = random.nextInt(3) == 0 ? NaiveMatcher.randomFormat(random) : format;
    }
    return formats;
  }

  private static PatternTree tree(List<TextPattern> patterns) {
    List<PatternTree.Entry> entries = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      entries.add(new PatternTree.Entry(i, patterns.get(i)));
    }
    return new PatternTree(entries);
  }

  private void check(PatternTree tree, List<TextPattern> patterns, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    tree.walk(bytes, 0, bytes.length, 0, walk);
    for (int i = 0; i < patterns.size(); i++) {
      TextPattern pattern = patterns.get(i);
      budget.start(0);
      boolean matched = pattern.match(bytes, 0, bytes.length, alone, budget);
      budget.start(0);
      boolean same = walk.match(i, pattern, bytes, 0, bytes.length, walked, budget);
      String shown = pattern.bindings() + "  <-  " + text;
      assertThat(same).as(shown).isEqualTo(matched);
      if (matched) {
        matches++;
        assertThat(walk.hasReached(tree.node(i))).as(shown).isTrue();
        assertThat(MatcherPropertyTest.bound(pattern, walked))
            .as(shown)
            .isEqualTo(MatcherPropertyTest.bound(pattern, alone));
      }
    }
  }

  @Test
  void datesHaveTheValuesOfTheTextThatWasWalked() {
    String head = "{$time=DATETIME} host app: ";
    List<TextPattern> patterns =
        List.of(
            MatcherPropertyTest.compile(head + "one {REST}"),
            MatcherPropertyTest.compile(head + "two {REST}"));
    PatternTree tree = tree(patterns);
    byte[] bytes = new byte[64];
    for (String day : List.of("01", "02", "03")) {
      String text = "2026-11-" + day + " 01:02:03 host app: two";
      System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, text.length());
      tree.walk(bytes, 0, text.length(), 0, walk);
      assertThat(walk.hasReached(tree.node(0))).isFalse();
      assertThat(walk.match(1, patterns.get(1), bytes, 0, text.length(), walked, budget)).isTrue();
      assertThat(String.valueOf(walked.value(0))).startsWith("2026-11-" + day);
    }
  }

  @Test
  void whatSplitsATextPaysForIt() {
    String head = "app {$time=NUMBER} ";
    List<TextPattern> patterns =
        List.of(
            MatcherPropertyTest.compile(head + "{$a=KEYVALUE(\" \", \"=\")}"),
            MatcherPropertyTest.compile(head + "{$b=KEYVALUE(\" \", \"=\")}"),
            MatcherPropertyTest.compile(head + "{$c=KEYVALUE(\" \", \"=\", \"Q\")}"),
            MatcherPropertyTest.compile(head + "{$d=CSV(\" \", \"=\")}"));
    PatternTree tree = tree(patterns);
    byte[] bytes = "app 7 one=1 two=2 three=3".getBytes(StandardCharsets.US_ASCII);
    List<Object> values = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    for (int event = 0; event < 2; event++) {
      tree.walk(bytes, 0, bytes.length, 0, walk);
      for (int i = 0; i < patterns.size(); i++) {
        assertThat(walk.match(i, patterns.get(i), bytes, 0, bytes.length, walked, budget)).isTrue();
        budget.start(0);
        values.add(walked.value(1));
        steps.add(budget.stepsUsed());
      }
      bytes[8] = '8'; // another text in the same array
    }
    assertThat(values.get(1)).isNotSameAs(values.get(0)).isInstanceOf(MapValue.class);
    assertThat(steps.get(1)).isEqualTo(steps.get(0)).isPositive();
    assertThat(values.get(2)).isNotSameAs(values.get(0)).isInstanceOf(MapValue.class);
    assertThat(values.get(3)).isInstanceOf(ListValue.class);
    assertThat(values.get(4)).isNotSameAs(values.get(0));
  }

  @Test
  void aWalkThatCostsTooMuchIsGivenUp() {
    String head = "{WORD|STRING|NUMBER}".repeat(12);
    List<TextPattern> patterns =
        List.of(
            MatcherPropertyTest.compile(head + "one {REST}"),
            MatcherPropertyTest.compile(head + "two {REST}"));
    PatternTree tree = tree(patterns);
    byte[] bytes = "1234-".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    tree.walk(bytes, 0, bytes.length, 0, walk);
    assertThat(walk.isGivenUp()).isTrue();
    check(tree, patterns, "1-1-".repeat(20) + "two");
  }
}
