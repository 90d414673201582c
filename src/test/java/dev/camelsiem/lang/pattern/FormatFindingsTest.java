package dev.camelsiem.lang.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of {@code conformance/pattern/findings.yaml}. */
class FormatFindingsTest {
  @TestFactory
  List<DynamicTest> findings() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode test : cases()) {
      tests.add(DynamicTest.dynamicTest(test.get("format").asText(), () -> check(test)));
    }
    return tests;
  }

  /** Two codes are missing here: too many parts is tested below, no format is that long. */
  @Test
  void everyCodeHasACase() throws IOException {
    Set<String> seen = new TreeSet<>(Set.of(PatternCode.TOO_LONG.code()));
    cases().forEach(test -> seen.add(test.get("code").asText()));
    assertThat(seen)
        .containsAll(Arrays.stream(PatternCode.values()).map(PatternCode::code).toList());
  }

  @Test
  void severalFindingsOfOneFormatAreReportedAtOnce() {
    Diagnostics diagnostics = new Diagnostics();
    TextPattern pattern = TextPattern.compile("{WORDD} {NUMBR} {UNTIL}", diagnostics);
    assertThat(pattern).isNull();
    assertThat(diagnostics.all().stream().map(d -> d.code().code()).collect(Collectors.toList()))
        .containsExactly("XP303", "XP303", "XP304");
  }

  @Test
  void spansLieInTheFormula() {
    String source = "TEXT = '\\'{NUMBR}'";
    String format = "'{NUMBR}";
    int[] offsets = {8, 10, 11, 12, 13, 14, 15, 16, 17};
    Diagnostics diagnostics = new Diagnostics();
    TextPattern.compile(new SourceFile("formula.xp", source), format, offsets, diagnostics);
    Diagnostic finding = diagnostics.all().get(0);
    assertThat(source.substring(finding.span().from(), finding.span().to())).isEqualTo("NUMBR");
  }

  @Test
  void hugeFormatsAreRefused() {
    Diagnostics diagnostics = new Diagnostics();
    assertThat(TextPattern.compile(".".repeat(10_001), diagnostics)).isNull();
    assertThat(diagnostics.all().get(0).code()).isEqualTo(PatternCode.TOO_LONG);
  }

  private static void check(JsonNode test) {
    String format = test.get("format").asText();
    Diagnostics diagnostics = new Diagnostics();
    TextPattern pattern = TextPattern.compile(format, diagnostics);
    if (test.get("code").asText().equals("none")) {
      assertThat(diagnostics.all()).isEmpty();
      return;
    }
    assertThat(diagnostics.all()).hasSize(1);
    Diagnostic finding = diagnostics.all().get(0);
    assertThat(finding.code().code()).isEqualTo(test.get("code").asText());
    String at = test.get("at").asText();
    assertThat(format.substring(finding.span().from())).startsWith(at);
    assertThat(finding.span().to() - finding.span().from()).isLessThanOrEqualTo(at.length());
    assertThat(finding.code().severity().word())
        .isEqualTo(test.has("severity") ? test.get("severity").asText() : "error");
    assertThat(pattern == null).isEqualTo(finding.isError());
    if (test.has("message")) {
      assertThat(finding.message()).isEqualTo(test.get("message").asText());
    }
    if (test.has("hint")) {
      assertThat(finding.hint()).isEqualTo(test.get("hint").asText());
    }
  }

  private static JsonNode cases() throws IOException {
    try (InputStream in =
        FormatFindingsTest.class.getResourceAsStream("/conformance/pattern/findings.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readTree(in);
    }
  }
}
