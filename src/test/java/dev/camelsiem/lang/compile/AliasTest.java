package dev.camelsiem.lang.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.document.DocumentFormat;
import dev.camelsiem.lang.document.DocumentLimits;
import dev.camelsiem.lang.document.DocumentPaths;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables that are other names for a place in the event have the values of any variable. */
class AliasTest {
  private static final String EVENT =
      "{\"a\":{\"b\":{\"c\":\"deep\",\"n\":7}},\"x\":{\"c\":\"of the event\"},\"t\":\"text\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$x = $a['b'] datafield1 = $x['c'] | deep",
        "$x = $a['b'] datafield1 = $x['n'] | 7",
        "$y = $a $x = $y['b'] datafield1 = $x['c'] | deep",
        "datafield1 = $x['c'] $x = $a['b'] | of the event",
        "$x = $a['b'] $x = $t datafield1 = $x | text",
        "if $t == 'text' then $x = $a['b'] endif datafield1 = $x['c'] | deep",
        "if $t == 'none' then $x = $a['b'] endif datafield1 = $x['c'] | of the event",
        "$x = $a['b'] if $t != null then datafield1 = $x['c'] endif | deep",
        "$x = $x['c'] datafield1 = $x | of the event",
        "$x = $none['b'] datafield1 = coalesce($x['c'], 'nothing') | nothing",
        "$x = $a['b'] $y = $x datafield1 = $y['c'] + $t | deeptext"
      })
  void hasTheValueOfItsPlace(String statements, String expected) {
    String rule = "JSON = ''\n" + statements.replace('\'', '"');
    assertThat(value(rule, true)).isEqualTo(expected);
    assertThat(value(rule, false)).isEqualTo(expected);
  }

  @Test
  void conditionsReadTheEvent() {
    String rule =
        "JSON = ''\nCOND = $x[\"c\"] == \"of the event\"\n$x = $a[\"b\"]\ndatafield1 = $x[\"c\"]";
    assertThat(value(rule, true)).isEqualTo("deep");
  }

  @Test
  void aRuleAsksForWhatItReadsOfThem() {
    CompiledRule rule = compiled("JSON = ''\n$x = $a[\"b\"]\ndatafield1 = $x[\"c\"]");
    assertThat(rule.reads())
        .containsExactly(new VariablePath("a", List.of(Text.of("b"), Text.of("c"))));
  }

  @Test
  void whoAsksTheFrameGetsTheValue() {
    CompiledRule rule = compiled("JSON = ''\n$x = $a[\"b\"][\"c\"]\ndatafield1 = $x");
    Frame frame = new Frame();
    run(rule, frame, true);
    assertThat(Convert.text(frame.variable("x"))).isEqualTo(Text.of("deep"));
  }

  private static @Nullable String value(String source, boolean expecting) {
    Frame frame = new Frame();
    run(compiled(source), frame, expecting);
    Text text = Convert.text(frame.value("datafield1"));
    ByteOutput json = new ByteOutput(64);
    frame.writeJson(json);
    assertThat(json.toString()).contains("datafield1");
    return text == null ? null : text.toString();
  }

  private static void run(CompiledRule rule, Frame frame, boolean expecting) {
    Document document = new Document(DocumentLimits.DEFAULT);
    if (expecting) {
      DocumentPaths paths = new DocumentPaths();
      rule.reads().forEach(p -> paths.add(DocumentFormat.JSON, Text.of(p.variable()), p.keys()));
      document.expect(paths.build());
    }
    byte[] bytes = EVENT.getBytes(StandardCharsets.UTF_8);
    document.load(bytes, 0, bytes.length);
    assertThat(rule.evaluate(document, EnvelopeInputs.receivedAt(0), frame, null))
        .isEqualTo(RuleOutcome.NORMALIZED);
  }

  private static CompiledRule compiled(String source) {
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile("rule.xp", source), new TestFields(), Options.FOR_PRODUCTION);
    return Objects.requireNonNull(compilation.rule(), () -> compilation.findings().toString());
  }
}
