package dev.camelsiem.lang.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.camelsiem.lang.GoldenFiles;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledExpression;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.compile.TestFields;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.value.JsonOutput;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Formulas and events with what must come out: the semantics of the language as data. */
class RuleConformanceTest {
  private static final String FOLDER = "conformance/rule";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : GoldenFiles.find(FOLDER, ".yaml")) {
      for (JsonNode test : YAML.readTree(GoldenFiles.read(file))) {
        String name = test.has("expr") ? test.get("expr").asText() : test.get("name").asText();
        tests.add(
            DynamicTest.dynamicTest(
                GoldenFiles.name(FOLDER, file) + ": " + name,
                () -> {
                  if (test.has("expr")) {
                    expression(test);
                  } else {
                    rule(test);
                  }
                }));
      }
    }
    return tests.stream();
  }

  private static void expression(JsonNode test) throws IOException {
    CompiledExpression compiled =
        CompiledExpression.compile(
            new SourceFile("<expr>", test.get("expr").asText()), new TestFields(), null);
    assertThat(compiled.hasErrors())
        .as("%s", headlines(compiled.findings()))
        .isEqualTo(test.path("error").asBoolean());
    if (compiled.hasErrors()) {
      return;
    }
    Frame frame = new Frame();
    RuleOutcome outcome = compiled.evaluate(Document.of(Text.EMPTY), inputs(), frame);
    assertThat(outcome).isEqualTo(RuleOutcome.NORMALIZED);
    ByteOutput out = new ByteOutput(64);
    JsonOutput.value(out, CompiledExpression.value(frame));
    assertThat(JSON.readTree(out.toBytes())).hasToString(test.get("result").toString());
  }

  private static void rule(JsonNode test) throws IOException {
    Options options = Options.FOR_PRODUCTION.withAppendix(test.path("appendix").asBoolean());
    Compilation compilation =
        RuleCompiler.compile(
            new SourceFile("<formula>", test.get("formula").asText()), new TestFields(), options);
    assertThat(headlines(compilation.findings())).isEmpty();
    Frame frame = new Frame();
    RuleOutcome outcome =
        Objects.requireNonNull(compilation.rule())
            .evaluate(Document.of(Text.of(test.get("event").asText())), inputs(), frame, null);
    assertThat(frame.error()).isNull();
    assertThat(outcome).hasToString(test.path("outcome").asText("NORMALIZED"));
    if (test.has("failure")) {
      assertThat(frame.failure()).hasToString(test.get("failure").asText());
    }
    if (outcome == RuleOutcome.NORMALIZED) {
      ByteOutput out = new ByteOutput(64);
      frame.writeJson(out);
      assertThat(JSON.readTree(out.toBytes()))
          .isEqualTo(JSON.readTree(test.get("expect").toString()));
    }
  }

  private static List<String> headlines(List<Diagnostic> findings) {
    return findings.stream().map(Diagnostic::headline).toList();
  }

  private static EnvelopeInputs inputs() {
    Map<Input, Object> values = new EnumMap<>(Input.class);
    values.put(Input.RECV_IPV4, Objects.requireNonNull(IpAddress.parse(Text.of("127.0.0.1"))));
    return EnvelopeInputs.of(values, Instant.parse("2024-05-06T07:08:09Z").toEpochMilli());
  }
}
