package dev.camelsiem.lang.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.EvaluationLimits;
import dev.camelsiem.lang.value.JsonOutput;
import dev.camelsiem.text.ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of {@code conformance/pattern/formats.yaml}. */
class FormatConformanceTest {
  private static final long NOW = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private final Match match = new Match();

  @TestFactory
  List<DynamicTest> formats() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream in = getClass().getResourceAsStream("/conformance/pattern/formats.yaml")) {
      for (JsonNode test : new ObjectMapper(new YAMLFactory()).readTree(in)) {
        String name = test.get("format").asText() + " <- " + test.get("text").asText();
        tests.add(DynamicTest.dynamicTest(name, () -> check(test)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(60);
    return tests;
  }

  private void check(JsonNode test) {
    Diagnostics diagnostics = new Diagnostics();
    TextPattern pattern = TextPattern.compile(test.get("format").asText(), diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    // The text stands in the middle of a larger array: offsets are absolute, neighbours invisible.
    byte[] text = test.get("text").asText().getBytes(StandardCharsets.UTF_8);
    byte[] bytes = ("7 " + test.get("text").asText() + "9;").getBytes(StandardCharsets.UTF_8);
    Budget budget = new Budget(EvaluationLimits.DEFAULT);
    budget.start(NOW);
    Objects.requireNonNull(pattern);
    boolean matched = pattern.match(bytes, 2, 2 + text.length, match, budget);
    if (test.has("binds")) {
      assertThat(matched).as("matched; else expected %s", match.expected()).isTrue();
      Map<String, String> wanted = new TreeMap<>();
      test.get("binds").properties().forEach(e -> wanted.put(e.getKey(), e.getValue().asText()));
      assertThat(bound(pattern)).isEqualTo(wanted);
    } else {
      assertThat(matched).isFalse();
      assertThat(match.furthest() - 2).isEqualTo(test.get("furthest").asInt());
      if (test.has("expected")) {
        assertThat(match.expected()).isEqualTo(test.get("expected").asText());
      }
    }
  }

  private Map<String, String> bound(TextPattern pattern) {
    Map<String, String> bound = new TreeMap<>();
    for (int i = 0; i < pattern.bindings().size(); i++) {
      if (match.isSet(i)) {
        Binding binding = pattern.bindings().get(i);
        ByteOutput json = new ByteOutput(64);
        JsonOutput.value(json, match.value(i));
        bound.put((binding.isField() ? "" : "$") + binding.name(), json.toString());
      }
    }
    return bound;
  }
}
