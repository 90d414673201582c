package dev.camelsiem.lang.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.text.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known about a rule without running it: the raw material of dispatch. */
class CompiledRuleTest {
  private static CompiledRule compile(String formula) {
    return Objects.requireNonNull(
        RuleCompiler.compile(
                new SourceFile("rule.xp", formula), new TestFields(), Options.FOR_PRODUCTION)
            .rule());
  }

  private static List<Fact> facts(String condition) {
    return compile("JSON = '' COND = " + condition).conditions();
  }

  private static VariablePath path(String variable, Object... keys) {
    return new VariablePath(variable, List.of(keys));
  }

  private static Fact oneOf(VariablePath path, @Nullable Object... constants) {
    return new Fact.OneOf(path, Arrays.asList(constants));
  }

  @Test
  void factsAreTakenFromEveryOperandOfAnd() {
    assertThat(
            facts(
                "$a == \"x\" and (7 == $m[\"k\"][0] and null != $b) and find_substr($t, \"part\")"
                    + " != null and length($c) > 1"))
        .containsExactly(
            new Fact.Equals(path("a"), Text.of("x")),
            new Fact.Equals(path("m", Text.of("k"), 0L), 7L),
            new Fact.IsSet(path("b")),
            new Fact.Contains(path("t"), Text.of("part")));
  }

  @Test
  void alternativesForOneVariableAreOneFact() {
    assertThat(facts("($a == \"x\" or in_list([\"y\", null], $a)) and in_list([1, -2], $b)"))
        .containsExactly(
            oneOf(path("a"), Text.of("x"), Text.of("y"), null), oneOf(path("b"), 1L, -2L));
  }

  @Test
  void whatMayHoldOtherwiseIsNoFact() {
    assertThat(facts("$a == \"x\" or $b == \"x\"")).isEmpty();
    assertThat(facts("$a == \"x\" or $a != null")).isEmpty();
    assertThat(facts("not $a == \"x\"")).isEmpty();
    assertThat(facts("$a == $b and $a == null and lower($a) == \"x\"")).isEmpty();
    assertThat(facts("in_list([\"a\", $b], $c) and in_list($l, \"a\")")).isEmpty();
    assertThat(facts("$m[$key] == \"x\"")).isEmpty();
  }

  @Test
  void headsAreKnown() {
    CompiledRule rule = compile("!EVENTLOG = 'EventID=\"1\"' TEXT = 'a {$x=REST}'");
    assertThat(rule.headKind()).isEqualTo(HeadKind.EVENTLOG);
    assertThat(rule.textPattern()).isNull();
    assertThat(rule.heads().get(0).condition().path()).containsExactly(Text.of("EventID"));
    assertThat(rule.heads().get(0).condition().expected()).isEqualTo(Text.of("1"));
    assertThat(rule.heads().get(1).pattern()).isNotNull();
  }

  @Test
  void constantsOfAFieldAreKnown() {
    CompiledRule rule =
        compile(
            "JSON = '' id = \"one\" if $a then id = if $b then \"two\" else $c endif endif"
                + " action = switch $a case 1 \"read\" case 2 \"modify\" endswitch");
    assertThat(rule.constantsOf("id")).isEqualTo(Set.of("one", "two"));
    assertThat(rule.constantsOf("action")).isEqualTo(Set.of("read", "modify"));
    assertThat(rule.constantsOf("object")).isEmpty();
    assertThat(rule.fields()).containsExactly("action", "id");
  }

  @Test
  void theAppendixAddsItsFields() {
    Options options = Options.FOR_PRODUCTION.withAppendix(true);
    SourceFile file = new SourceFile("rule.xp", "JSON = '' action = \"read\"");
    Compilation compilation = RuleCompiler.compile(file, new TestFields(), options);
    assertThat(compilation.findings()).isEmpty();
    assertThat(Objects.requireNonNull(compilation.rule()).fields())
        .contains("event_src.host", "importance", "action");
  }

  @Test
  void ofTheAppendixIsLeftWhatCanDoSomething() {
    Options options = Options.FOR_PRODUCTION.withAppendix(true);
    SourceFile file =
        new SourceFile("rule.xp", "TEXT = '{src.hostname=HOSTNAME}' dst.host = \"x\"");
    Compilation compilation = RuleCompiler.compile(file, new TestFields(), options);
    assertThat(Objects.requireNonNull(compilation.rule()).fields())
        .containsExactly("dst.host", "event_src.host", "importance", "src.host", "src.hostname");
  }
}
