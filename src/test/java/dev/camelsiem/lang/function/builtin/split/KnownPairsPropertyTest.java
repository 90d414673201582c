package dev.camelsiem.lang.function.builtin.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.compile.TestFields;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.eval.Trace;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.lang.value.MapValue;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read of known keys is what all pairs would have given. */
class KnownPairsPropertyTest {
  private static final List<String> PARTS =
      List.of(
          "=", "=", "=", ":=", " ", " ", ";", ", ", "\"", "\"", "a", "b", "ab", "key", "ж", "\t");
  private static final List<String> KEYS =
      List.of(
          "a", "b", "ab", "ba", "aa", "key", "a b", "ж", "жa", "", "a\"", "keykey", "longer key");

  private static String any(List<String> of, int most, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      text.append(of.get(random.nextInt(of.size())));
    }
    return text.toString();
  }

  private static MapValue pairs(
      Budget budget, Text text, Separators by, @Nullable KnownKeys known) {
    budget.start(0);
    return Objects.requireNonNull(
        KeyValue.apply(
            budget, text, Text.of(by.pair), Text.of(by.value), Text.of(by.quote), known));
  }

  private record Separators(String pair, String value, String quote) {}

  @Property(tries = 20_000, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void giveTheValuesOfAllPairs(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> shuffled = new ArrayList<>(KEYS);
    Collections.shuffle(shuffled, random);
    List<Text> keys =
        shuffled.stream().limit(1 + random.nextInt(KEYS.size())).map(Text::of).toList();
    KnownKeys known = new KnownKeys(keys);
    Separators by =
        new Separators(
            List.of(" ", ";", ", ", "").get(random.nextInt(4)),
            List.of("=", ":=", " ").get(random.nextInt(3)),
            List.of("\"", "", "a\"").get(random.nextInt(3)));
    Text text = Text.of(any(PARTS, 60, random));
    Budget budget = new Budget(EvaluationLimits.DEFAULT);
    MapValue all = pairs(budget, text, by, null);
    int steps = budget.stepsUsed();
    KnownPairs some = (KnownPairs) pairs(budget, text, by, known);
    assertThat(budget.stepsUsed()).isLessThanOrEqualTo(steps);
    Set<Text> found = new TreeSet<>();
    for (int i = 0; i < keys.size(); i++) {
      assertThat(some.value(i))
          .as("%s of %s by %s", keys.get(i), text, by)
          .isEqualTo(all.get(keys.get(i)));
      assertThat(some.get(keys.get(i))).isEqualTo(some.value(i));
      assertThat(known.number(keys.get(i))).isEqualTo(i);
    }
    some.forEach((key, value) -> found.add(key));
    Set<Text> expected = new TreeSet<>();
    all.forEach((key, value) -> expected.add(key));
    expected.retainAll(keys);
    assertThat(found).isEqualTo(expected);
    assertThat(some.size()).isEqualTo(found.size());
    assertThat(some.get(Text.of("nobody asks for it"))).isNull();
  }

  /** Who watches gets all pairs, so a rule reads them in the other way. */
  @Property(tries = 3000, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void rulesReadTheSameThatNobodyWatches(@ForAll long seed) {
    Random random = new Random(seed);
    CompiledRule rule =
        rule(
            """
            TEXT = '{NUMBER} {$kv=KEYVALUE(" ", "=", "\\\\"")}' TEXT = '{$t=REST}'
            if $t != null then $m = keyvalue($t, ";", "=") endif
            if $kv["b"] == "a" then $m = keyvalue($kv["a"], ",", ":=", "") endif
            datafield1 = $kv["a"] datafield2 = $kv["ab"] datafield3 = $m["a"]
            datafield4 = coalesce($m["ж"], $kv["b"], $kv["none"]) id = "x"
            """);
    String text = (random.nextBoolean() ? "7 " : "") + any(PARTS, 40, random);
    assertThat(json(rule, text, null)).as(text).isEqualTo(json(rule, text, new Trace() {}));
  }

  @Test
  void aMapThatIsUsedAsAWholeKeepsAllPairs() {
    CompiledRule rule =
        rule(
            """
            TEXT = '{$kv=KEYVALUE(" ", "=")}' $n = "b" $m = keyvalue("b=3", " ", "=")
            datafield1 = $kv["a"] datafield2 = $kv[$n] datafield3 = $m[$n] datafield4 = $m["c"]
            id = "x"
            """);
    assertThat(json(rule, "a=1 b=2", null))
        .contains("\"datafield1\":\"1\"", "\"datafield2\":\"2\"", "\"datafield3\":\"3\"");
  }

  private static CompiledRule rule(String text) {
    return Objects.requireNonNull(
        RuleCompiler.compile(
                new SourceFile("any.xp", text), new TestFields(), Options.FOR_PRODUCTION)
            .rule());
  }

  private static String json(CompiledRule rule, String text, @Nullable Trace trace) {
    Frame frame = new Frame();
    RuleOutcome outcome =
        rule.evaluate(Document.of(Text.of(text)), EnvelopeInputs.receivedAt(0), frame, trace);
    assertThat(outcome).isEqualTo(RuleOutcome.NORMALIZED);
    ByteOutput out = new ByteOutput(64);
    frame.writeJson(out);
    return out.toText().toString();
  }
}
