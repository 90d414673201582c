package dev.camelsiem.edge.cli;

import static dev.camelsiem.edge.cli.RuleFolders.BADGE;
import static dev.camelsiem.edge.cli.RuleFolders.DOOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestCommandTest {
  @TempDir Path folder;
  private Path rules;

  @BeforeEach
  void copyRules() throws IOException {
    rules = RuleFolders.copy(folder.resolve("rules"));
  }

  @Test
  void passes() {
    Siem siem = Siem.run("test", rules.toString());
    assertThat(siem.status()).isZero();
    assertThat(siem.out()).isEqualTo("4 passed, 0 failed\n");
  }

  @Test
  void showsEachDifferenceOfAFailure() throws IOException {
    Path norm = rules.resolve(BADGE + "/tests/norm_1.js");
    RuleFolders.edit(norm, "\"numfield1\": 7", "\"numfield1\": \"7\", \"reason\": \"x\"");
    RuleFolders.edit(norm, "\"anna\"", "\"bob\"");
    Siem siem = Siem.run("test", rules.toString());
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.lastLine()).isEqualTo("3 passed, 1 failed");
    assertThat(siem.out())
        .contains(
            "FAIL " + norm + ":12:3: error[XP708]: the event is not as expected: 3 fields differ")
        .contains(
            "  numfield1\n    - \"7\"\n    + 7\n      one is a JSON string, the other a number")
        .contains("  reason\n    - \"x\"\n    + (not set)\n")
        .contains("  subject.account.name\n    - \"bob\"\n    + \"anna\"\n");
  }

  @Test
  void surplusFieldsFailOnlyWhenStrict() throws IOException {
    RuleFolders.edit(rules.resolve(DOOR + "/tests/norm_1.js"), "  \"src.ip\": \"10.0.0.9\",\n", "");
    assertThat(Siem.run("test", rules.toString()).status()).isZero();
    Siem strict = Siem.run("test", "--strict", rules.toString());
    assertThat(strict.status()).isEqualTo(1);
    assertThat(strict.out()).contains("  src.ip\n    - (not expected)\n    + \"10.0.0.9\"\n");
  }

  @Test
  void timeIsComparedOnlyWhenAsked() throws IOException {
    RuleFolders.edit(rules.resolve(DOOR + "/tests/norm_1.js"), "07:08:09.500Z", "07:08:08.500Z");
    assertThat(Siem.run("test", rules.toString()).status()).isZero();
    assertThat(Siem.run("test", "--time", rules.toString()).status()).isEqualTo(1);
  }

  @Test
  void saysHowFarAPatternCame() throws IOException {
    RuleFolders.edit(rules.resolve(DOOR + "/tests/raw_1.txt"), "opened", "kicked");
    Siem siem = Siem.run("test", rules.toString());
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.out()).contains("error[XP705]").contains("note[XP601]").contains("note[XP602]");
    assertThat(siem.out()).contains("found `kicked door 5");
  }

  @Test
  void saysWhyACondWasFalse() throws IOException {
    RuleFolders.edit(rules.resolve(DOOR + "/tests/raw_1.txt"), "door 5", "door 0");
    Siem siem = Siem.run("test", rules.toString());
    assertThat(siem.out())
        .contains("note[XP603]: this condition is false")
        .contains("hint: object.id is \"0\"");
  }

  @Test
  void brokenTestsFail() throws IOException {
    Files.writeString(rules.resolve(DOOR + "/tests/norm_1.js"), "");
    Files.writeString(rules.resolve(DOOR + "/tests/norm_2.js"), "{\"a\": 1,}");
    Files.delete(rules.resolve(BADGE + "/tests/raw_1.txt"));
    Files.delete(rules.resolve(BADGE + "/tests/norm_4.js"));
    Siem siem = Siem.run("test", rules.toString());
    assertThat(siem.lastLine()).isEqualTo("0 passed, 4 failed");
    assertThat(siem.out())
        .contains("norm_1.js:1:1: error[XP703]: the expectation is broken: it is empty")
        .contains("norm_2.js:1:9: error[XP703]")
        .contains("norm_1.js:1:1: error[XP702]")
        .contains("raw_4.txt:1:1: error[XP701]");
  }

  @Test
  void aFormulaWithErrorsFailsItsTests() throws IOException {
    RuleFolders.edit(rules.resolve(DOOR + "/formula.xp"), "endif", "");
    Siem siem = Siem.run("test", rules.toString());
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.lastLine()).isEqualTo("2 passed, 2 failed");
    assertThat(siem.out()).contains("error[XP104]").contains("formula.xp:13:1");
  }

  @Test
  void nothingFoundIsAFailure() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Siem siem = Siem.run("test", empty.toString());
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.out()).contains("error[XP510]");
    assertThat(siem.lastLine()).isEqualTo("0 passed, 0 failed");
    Files.writeString(empty.resolve("formula.xp"), "JSON = ''\n");
    Siem noTests = Siem.run("test", empty.toString());
    assertThat(noTests.status()).isEqualTo(1);
    assertThat(noTests.out()).contains("error[XP711]");
    assertThat(Siem.run("test").status()).isEqualTo(2);
  }

  @Test
  void anEmptyExpectationPassesWithAWarningAndUpdateFillsIt() throws IOException {
    Path norm = rules.resolve(BADGE + "/tests/norm_1.js");
    Files.writeString(norm, "{}");
    RuleFolders.edit(rules.resolve(BADGE + "/formula.xp"), "importance = \"low\"", "");
    assertThat(Siem.run("test", rules.toString()).out())
        .contains("norm_1.js:1:1")
        .contains("warning[XP712]")
        .endsWith("3 passed, 1 failed\n");
    Siem siem = Siem.run("test", "--update", rules.resolve(BADGE).toString());
    assertThat(siem.out()).contains("written: " + norm);
    assertThat(Files.readString(norm)).contains("\"anna\"");
  }

  @Test
  void anEventThatNoCriteriaHoldForIsAWarning() throws IOException {
    Path metainfo = rules.resolve(DOOR + "/metainfo.yaml");
    RuleFolders.edit(
        metainfo,
        "door\"\n    Loc",
        "door\" and event_src.host != null and reason = null\n    Loc");
    Siem siem = Siem.run("test", rules.toString());
    assertThat(siem.status()).isZero();
    assertThat(siem.out())
        .contains(
            """
            warning[XP713]: no criteria hold for the event of `raw_2.txt`
             --> %s:1:1
              |
            1 | EventDescriptions:
              | ^^^^^^^^^^^^^^^^^
              = hint: closest is `Acme_Gate_syslog_door` on line 2: `reason = null` does not hold, since reason is "late"
            """
                .formatted(metainfo))
        .doesNotContain("raw_1.txt")
        .endsWith("4 passed, 0 failed\n");
    assertThat(Siem.run("test", "--json", rules.toString()).out())
        .contains("\"test\":2,\"status\":\"passed\",\"notes\":[{\"code\":\"XP713\"");
  }

  @Test
  void aPlaceholderThatStaysEmptyIsNoFinding() throws IOException {
    RuleFolders.edit(rules.resolve(DOOR + "/i18n/i18n_en.yaml"), "{object.id}", "{object.name}");
    assertThat(Siem.run("test", rules.toString()).out()).isEqualTo("4 passed, 0 failed\n");
    assertThat(Siem.run("validate", rules.toString()).out()).endsWith("0 errors, 0 warnings\n");
  }

  @Test
  void printsJsonForTools() throws IOException {
    RuleFolders.edit(rules.resolve(BADGE + "/tests/norm_1.js"), "\"anna\"", "\"bob\"");
    Siem siem = Siem.run("test", "--json", rules.toString());
    assertThat(siem.out().lines()).hasSize(5).allMatch(line -> line.startsWith("{"));
    assertThat(siem.out())
        .contains("\"test\":1,\"status\":\"failed\",\"problem\":{\"code\":\"XP708\"")
        .contains(
            "\"differences\":[{\"field\":\"subject.account.name\",\"expected\":\"bob\",\"actual\":\"anna\"}]");
    assertThat(siem.lastLine()).isEqualTo("{\"passed\":3,\"failed\":1}");
  }

  @Test
  void updateRewritesWhatFailedAndNothingElse() throws IOException {
    Path changed = rules.resolve(BADGE + "/tests/norm_1.js");
    Path kept = rules.resolve(BADGE + "/tests/norm_4.js");
    String original = Files.readString(changed);
    RuleFolders.edit(changed, "\"anna\"", "\"bob\"");
    Files.writeString(kept, "{\"action\": \"access\", \"importance\": \"low\"}");
    Siem siem = Siem.run("test", "--update", rules.toString());
    assertThat(siem.status()).isZero();
    assertThat(siem.out()).contains("- \"bob\"").contains("written: " + changed);
    assertThat(Files.readString(changed)).isEqualTo(original);
    assertThat(Files.readString(kept))
        .isEqualTo("{\"action\": \"access\", \"importance\": \"low\"}");
  }

  @Test
  void coverageTellsWhatNoTestReaches() throws IOException {
    Files.delete(rules.resolve(DOOR + "/tests/raw_1.txt"));
    Files.delete(rules.resolve(DOOR + "/tests/norm_1.js"));
    Siem siem = Siem.run("test", "--coverage", rules.toString());
    assertThat(siem.status()).isZero();
    assertThat(siem.out())
        .contains("warning[XP722]: no test captures `src.ip` here")
        .contains("warning[XP720]: no test goes this way")
        .contains(" branches and tokens reached\n")
        .contains("formula.xp:16:1");
    assertThat(siem.lastLine()).isEqualTo("3 passed, 0 failed");
  }

  @Test
  void watchRunsAgainWhenAFileChanges() throws Exception {
    StringWriter out = new StringWriter();
    CommandLine line = SiemCommand.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(new StringWriter(), true));
    Thread watcher = new Thread(() -> line.execute("test", "--watch", rules.toString()));
    watcher.start();
    try {
      await().until(() -> out.toString().contains("4 passed, 0 failed"));
      RuleFolders.edit(rules.resolve(DOOR + "/formula.xp"), "\"device\"", "\"resource\"");
      await().until(() -> out.toString().contains("2 passed, 2 failed"));
    } finally {
      watcher.interrupt();
      watcher.join(10_000);
    }
    assertThat(watcher.isAlive()).isFalse();
  }
}
