package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class IntegrationsCommandTest {
  private static final String CASES = "src/test/resources/conformance/integrations/";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aCleanFileIsSummedUp() {
    assertThat(run("routes/siem-integrations.yaml")).isEqualTo(ExitCode.CLEAN);
    assertThat(out.toString())
        .contains("\"local\" tcp://127.0.0.1:5514")
        .contains("1 integrations, licence ADVANCED");
  }

  @Test
  void findingsAreDrawnWithACaretAndGiveStatusOne() {
    assertThat(run(CASES + "bad-values.yaml")).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString())
        .contains("error[XP862]: `port` must be a number from 1 to 65535, found 70000")
        .contains("bad-values.yaml:5:11")
        .contains("5 |     port: 70000\n  |           ^^^^^");
  }

  @Test
  void jsonIsOneObjectALine() throws IOException {
    assertThat(run("--format", "json", CASES + "bad-keys.yaml")).isEqualTo(ExitCode.FINDINGS);
    String[] lines = out.toString().strip().split("\n", -1);
    assertThat(lines).hasSizeGreaterThan(5);
    JsonNode first = new ObjectMapper().readTree(lines[0]);
    assertThat(first.path("code").asText()).isEqualTo("XP856");
    assertThat(first.path("severity").asText()).isEqualTo("error");
    assertThat(first.path("line").asInt()).isEqualTo(1);
    assertThat(first.path("endColumn").asInt()).isEqualTo(7);
    assertThat(first.path("hint").asText()).isEqualTo("did you mean `license`?");
  }

  @Test
  void theCategoriesAreThoseOfTheMappings() {
    String mapping = "src/test/resources/conformance/cef-mapping/good-categories.yaml";
    String file = CASES + "good-own-categories.yaml";
    assertThat(run("--mapping", mapping + "," + CefMappings.CONTAINER_SECURITY, file))
        .isEqualTo(ExitCode.CLEAN);
    assertThat(run("--mapping", mapping, "--mapping", CefMappings.CONTAINER_SECURITY, file))
        .isEqualTo(ExitCode.CLEAN);
    assertThat(out.toString()).contains("categories [Access, DETECTION]");
    assertThat(run("--mapping", mapping, file)).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString()).contains("must be one of Access, Lifts, not `DETECTION`");
    assertThat(run("--mapping", "nowhere.yaml", file)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("mapping nowhere.yaml cannot be read");
  }

  @Test
  void aMissingFileIsWrongUse() {
    assertThat(run("nowhere.yaml")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("cannot read nowhere.yaml");
  }

  private int run(String... arguments) {
    CommandLine line = SiemCommand.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 2];
    all[0] = "integrations";
    all[1] = "validate";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return line.execute(all);
  }
}
