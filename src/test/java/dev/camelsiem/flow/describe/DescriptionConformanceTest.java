package dev.camelsiem.flow.describe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.camelsiem.content.i18n.CriteriaParser;
import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.GoldenFiles;
import dev.camelsiem.lang.XpCases;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Fields, criteria and sentences with what must come of them, as data. */
class DescriptionConformanceTest {
  private static final String FOLDER = "conformance/description";
  private static final YAMLMapper YAML = new YAMLMapper();

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : GoldenFiles.find(FOLDER, ".yaml")) {
      for (JsonNode test : YAML.readTree(GoldenFiles.read(file))) {
        String name = GoldenFiles.name(FOLDER, file) + ": " + test.get("name").asText();
        tests.add(DynamicTest.dynamicTest(name, () -> run(test)));
      }
    }
    return tests.stream();
  }

  private static void run(JsonNode test) {
    CompiledRule rule = compile(test);
    Frame frame = new Frame();
    RuleOutcome outcome =
        rule.evaluate(
            Document.of(Text.of("{}")),
            EnvelopeInputs.receivedAt(XpCases.RECEIVED_AT),
            frame,
            null);
    assertThat(outcome).isEqualTo(RuleOutcome.NORMALIZED);
    test.path("holds").forEach(text -> check(text.asText(), rule, frame, true));
    test.path("fails").forEach(text -> check(text.asText(), rule, frame, false));
    if (test.has("text")) {
      Sentence sentence = Sentence.of(test.get("text").asText(), rule, "the rule");
      assertThat(sentence.isOwn()).isTrue();
      assertThat(written(sentence, frame)).isEqualTo(test.get("gives").asText());
      assertThat(sentence.name()).hasToString(test.get("called").asText());
    }
    for (Language language : Language.values()) {
      if (test.has(language.code())) {
        Sentence sentence = Descriptions.none(rule, "the rule").choose(frame).in(language);
        assertThat(sentence.isOwn()).isFalse();
        assertThat(written(sentence, frame)).isEqualTo(test.get(language.code()).asText());
        assertThat(sentence.name()).hasToString("the rule");
      }
    }
  }

  private static CompiledRule compile(JsonNode test) {
    String formula = "JSON = ''\n" + test.get("set").asText();
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile("case", formula),
            Taxonomy.standard(),
            Options.FOR_PRODUCTION.withAppendix(test.path("appendix").asBoolean()));
    assertThat(compilation.rule()).as("%s", compilation.findings()).isNotNull();
    return Objects.requireNonNull(compilation.rule());
  }

  private static void check(String criteria, CompiledRule rule, Frame frame, boolean holds) {
    CriteriaParser.Result parsed = CriteriaParser.parse(criteria);
    assertThat(parsed.problem()).as(criteria).isNull();
    Criterion compiled = Criterion.of(Objects.requireNonNull(parsed.criteria()), rule);
    assertThat(compiled.holds(frame)).as(criteria).isEqualTo(holds);
  }

  private static String written(Sentence sentence, Frame frame) {
    ByteOutput out = new ByteOutput(16);
    sentence.write(frame, out);
    return out.toString();
  }
}
