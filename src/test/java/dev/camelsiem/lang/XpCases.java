package dev.camelsiem.lang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledExpression;
import dev.camelsiem.lang.compile.FieldCatalog;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.lang.syntax.HeadKind;
import dev.camelsiem.lang.value.FieldType;
import dev.camelsiem.lang.value.JsonOutput;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs cases that a rule author could have written: an expression and its value ({@code expr},
 * {@code gives}), or statements and the fields they set ({@code formula}, {@code expect}). {@code
 * given} are variables, put there as members of a JSON event.
 */
public final class XpCases {
  /** When all events of the cases were received. */
  public static final long RECEIVED_AT = Instant.parse("2024-05-06T07:08:09Z").toEpochMilli();

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  private XpCases() {}

  /** All cases of the files below a folder of {@code conformance}. */
  public static Stream<DynamicTest> below(String folder) {
    Path root = Path.of("src/test/resources/conformance", folder);
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> found = files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
      assertThat(found).as("cases below %s", root).isNotEmpty();
      return found.stream().flatMap(file -> cases(root.relativize(file).toString(), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<DynamicTest> cases(String name, Path file) {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode one : read(file)) {
      String what = text(one);
      String label = name + ": " + one.path("case").asText(what);
      tests.add(DynamicTest.dynamicTest(label, file.toUri(), () -> run(one)));
    }
    return tests.stream();
  }

  /** The expressions and statements of the cases of a file. */
  public static List<String> texts(Path file) {
    List<String> texts = new ArrayList<>();
    read(file).forEach(one -> texts.add(text(one)));
    return texts;
  }

  private static String text(JsonNode one) {
    return one.path(one.has("expr") ? "expr" : "formula").asText().strip();
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static void run(JsonNode one) throws IOException {
    String given = one.path("given").isObject() ? one.path("given").toString() : "{}";
    if (one.has("expr")) {
      assertThat(one.has("gives")).as("a case needs `gives`").isTrue();
      assertThat(JSON.readTree(evaluate(one.path("expr").asText(), given)))
          .isEqualTo(JSON.readTree(one.path("gives").toString()));
    } else {
      assertThat(one.path("expect").isObject()).as("a case needs `expect`").isTrue();
      ObjectNode expected = one.path("expect").deepCopy();
      expected.properties().removeIf(field -> field.getValue().isNull());
      assertThat(JSON.readTree(fields(one.path("formula").asText(), given)))
          .isEqualTo(JSON.readTree(expected.toString()));
    }
  }

  /** The JSON form of an expression's value. */
  public static String evaluate(String expression, String event) {
    CompiledExpression compiled =
        CompiledExpression.compile(new SourceFile("case", expression), FIELDS, HeadKind.JSON);
    assertThat(compiled.hasErrors()).as("%s", compiled.findings()).isFalse();
    Frame frame = new Frame();
    RuleOutcome outcome =
        compiled.evaluate(
            Document.of(Text.of(event)), EnvelopeInputs.receivedAt(RECEIVED_AT), frame);
    assertThat(outcome).isEqualTo(RuleOutcome.NORMALIZED);
    return json(CompiledExpression.value(frame));
  }

  /** The fields that statements set, as JSON. */
  public static String fields(String statements, String event) {
    Compilation compiled =
        RuleCompiler.compile(
            new SourceFile("case", "JSON = ''\n" + statements), FIELDS, Options.FOR_PRODUCTION);
    assertThat(compiled.rule()).as("%s", compiled.findings()).isNotNull();
    Frame frame = new Frame();
    RuleOutcome outcome =
        compiled
            .rule()
            .evaluate(
                Document.of(Text.of(event)), EnvelopeInputs.receivedAt(RECEIVED_AT), frame, null);
    assertThat(outcome).isEqualTo(RuleOutcome.NORMALIZED);
    ByteOutput out = new ByteOutput(256);
    frame.writeJson(out);
    return out.toString();
  }

  private static String json(@Nullable Object value) {
    ByteOutput out = new ByteOutput(64);
    JsonOutput.value(out, value);
    return out.toString();
  }

  /** Fields of every type. */
  private static final FieldCatalog FIELDS =
      new FieldCatalog() {
        @Override
        public FieldType typeOf(String field) {
          if (field.startsWith("numfield") || field.endsWith(".port")) {
            return FieldType.NUMBER;
          } else if (field.endsWith(".ip")) {
            return FieldType.IP;
          } else if (field.endsWith(".mac")) {
            return FieldType.MAC;
          }
          return field.equals("time") ? FieldType.DATETIME : FieldType.STRING;
        }

        @Override
        public Collection<String> names() {
          return List.of();
        }
      };
}
