package dev.camelsiem.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.check.describe.DescribedRule;
import dev.camelsiem.check.describe.EventDescription;
import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.content.rulepackage.MetadataChecker;
import dev.camelsiem.content.rulepackage.MetadataReport;
import dev.camelsiem.content.rulepackage.RuleFinder;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.XpCases;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/language.md shows is what happens: {@code xp}, {@code event} and {@code json} blocks
 * that follow one another are a rule, an event and the fields; the lines of {@code values} blocks
 * are an expression and its value; the files of {@code yaml} blocks stand beside the first rule and
 * describe its event as the {@code sentence} block says.
 */
class LanguagePageTest {
  private static final Path PAGE = Path.of("docs/language.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private record Block(String kind, String text, int line) {}

  @TestFactory
  Stream<DynamicTest> examples() throws IOException {
    List<Block> blocks = blocks(Files.readAllLines(PAGE));
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (block.kind().equals("xp")) {
        Block event = blocks.get(i + 1);
        Block json = blocks.get(i + 2);
        assertThat(List.of(event.kind(), json.kind())).containsExactly("event", "json");
        tests.add(
            DynamicTest.dynamicTest(
                "rule of line " + block.line(), () -> rule(block, event, json)));
      } else if (block.kind().equals("values")) {
        block
            .text()
            .lines()
            .forEach(line -> tests.add(DynamicTest.dynamicTest(line, () -> value(line))));
      }
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests.stream();
  }

  @Test
  void theFirstRuleDescribesItsEvent() throws Exception {
    List<Block> blocks = blocks(Files.readAllLines(PAGE));
    write("formula.xp", one(blocks, "xp"));
    for (String name : List.of("metainfo.yaml", "i18n/i18n_en.yaml")) {
      write(name, one(blocks, "yaml " + name));
    }
    RuleFolder rule = RuleFinder.find(List.of(folder), new Diagnostics()).get(0);
    MetadataReport report = new MetadataChecker(Taxonomy.standard().names()).check(rule, Set.of());
    assertThat(report.errors()).isEmpty();
    DescribedRule described = Objects.requireNonNull(DescribedRule.read(rule, report));
    EventDescription description = described.describe(RawText.of(one(blocks, "event")));
    assertThat(Objects.requireNonNull(description).sentences())
        .containsEntry(Language.EN, one(blocks, "sentence"));
  }

  private static String one(List<Block> blocks, String kind) {
    return blocks.stream().filter(b -> b.kind().equals(kind)).findFirst().orElseThrow().text();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<Block> blocks(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        String text = String.join("\n", lines.subList(i + 1, end));
        blocks.add(new Block(lines.get(i).substring(3), text, i + 1));
        i = end;
      }
    }
    return blocks;
  }

  private static void rule(Block formula, Block event, Block json) throws IOException {
    SourceFile file = new SourceFile(PAGE + ":" + formula.line(), formula.text());
    Compilation compilation =
        RuleCompiler.compile(file, Taxonomy.standard(), Options.FOR_PRODUCTION);
    CompiledRule rule = compilation.rule();
    assertThat(rule).as("%s", compilation.findings()).isNotNull();
    Frame frame = new Frame();
    RuleOutcome outcome =
        rule.evaluate(
            Document.of(Text.of(event.text())),
            EnvelopeInputs.receivedAt(XpCases.RECEIVED_AT),
            frame,
            null);
    assertThat(outcome).isEqualTo(RuleOutcome.NORMALIZED);
    ByteOutput out = new ByteOutput(256);
    frame.writeJson(out);
    assertThat(JSON.readTree(out.toString())).isEqualTo(JSON.readTree(json.text()));
  }

  private static void value(String line) {
    int arrow = line.indexOf('→');
    assertThat(XpCases.evaluate(line.substring(0, arrow), "{}"))
        .isEqualTo(XpCases.evaluate(line.substring(arrow + 1), "{}"));
  }
}
