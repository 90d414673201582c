package dev.camelsiem.lang.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.GoldenFiles;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.compile.TestFields;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.syntax.ArbitraryFormulas;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** No formula and no event makes the engine throw; what compiles also runs. */
class EnginePropertiesTest {
  private static final TestFields FIELDS = new TestFields();
  private static final List<String> EVENTS =
      List.of(
          "",
          "word 12 text",
          "{}",
          "{\"x\": \"a b\", \"Data\": [1, {\"b\": null}], \"3\": 1.5, \"a.b\": true}",
          "{\"Event\": {\"System\": {\"EventID\": \"1\"}, \"EventData\": {\"Data\": \"t\"}}}",
          "<a b='c'><d>e</d></a>");

  private final Frame frame = new Frame();

  @Provide
  Arbitrary<String> soup() {
    return ArbitraryFormulas.soup().map(text -> "JSON = '' TEXT = '{$x=REST}' " + text);
  }

  @Provide
  Arbitrary<String> sound() {
    return ArbitraryFormulas.sound();
  }

  /** Formulas of the other tests with a few characters changed. */
  @Provide
  Arbitrary<String> mutated() {
    List<String> originals =
        GoldenFiles.find("conformance/diagnostic", ".xp").stream()
            .map(GoldenFiles::read)
            .filter(text -> text.length() < 1000)
            .toList();
    return Arbitraries.of(originals)
        .flatMap(text -> Arbitraries.longs().map(seed -> mutate(text, new Random(seed))));
  }

  private static String mutate(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = random.nextInt(6); i >= 0 && mutated.length() > 1; i--) {
      int at = random.nextInt(mutated.length());
      int other = random.nextInt(mutated.length());
      switch (random.nextInt(4)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.insert(at, mutated.charAt(other));
        case 2 -> mutated.setCharAt(at, "\"'(){}[]=$\\|+?!<0ж\n".charAt(random.nextInt(19)));
        default -> mutated.delete(Math.min(at, other), Math.max(at, other));
      }
    }
    return mutated.toString();
  }

  @Property(tries = 1500, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void soupIsCompiledAndRun(@ForAll("soup") String text) {
    run(text);
  }

  @Property(tries = 700, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void soundFormulasAreCompiledAndRun(@ForAll("sound") String text) {
    run(text);
    Statistics.label("compiles").collect(compiles(text));
    Statistics.label("compiles").coverage(counts -> counts.check(true).percentage(p -> p > 80));
  }

  private static boolean compiles(String text) {
    return RuleCompiler.compile(new SourceFile("any.xp", text), FIELDS, Options.FOR_PRODUCTION)
            .rule()
        != null;
  }

  @Property(tries = 1500, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void mutatedFormulasAreCompiledAndRun(@ForAll("mutated") String text) {
    run(text);
  }

  private void run(String text) {
    SourceFile file = new SourceFile("any.xp", text);
    Compilation compilation = RuleCompiler.compile(file, FIELDS, Options.FOR_AUTHORS);
    if (compilation.rule() == null) {
      assertThat(compilation.findings()).anyMatch(finding -> finding.isError());
      return;
    }
    for (String event : EVENTS) {
      RuleOutcome outcome =
          compilation
              .rule()
              .evaluate(
                  Document.of(Text.of(event)), EnvelopeInputs.receivedAt(0), frame, new Trace() {});
      assertThat(frame.error()).as("%s%non %s", text, event).isNull();
      if (outcome == RuleOutcome.NORMALIZED) {
        frame.writeJson(new ByteOutput(64));
      }
    }
  }
}
