package dev.camelsiem.edge.cli;

import static dev.camelsiem.edge.cli.RuleFolders.BADGE;
import static dev.camelsiem.edge.cli.RuleFolders.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  @TempDir Path folder;
  private Path rules;

  @BeforeEach
  void copyRules() throws IOException {
    rules = RuleFolders.copy(folder.resolve("rules"));
  }

  @Test
  void findsNothingInGoodRules() {
    Siem siem = Siem.run("validate", rules.toString());
    assertThat(siem.out()).isEqualTo("2 rules, 4 tests: 0 errors, 0 warnings\n");
    assertThat(siem.status()).isZero();
  }

  @Test
  void drawsEachFindingWithItsPlace() throws IOException {
    RuleFolders.edit(rules.resolve(DOOR + "/formula.xp"), "id = ", "reason = uper($verb)\nid = ");
    Siem siem = Siem.run("validate", rules.toString());
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.out())
        .contains(
            """
            error[XP201]: unknown function `uper`
              --> %s/formula.xp:26:10
               |
            26 | reason = uper($verb)
               |          ^^^^
               = hint: did you mean `upper`?
            """
                .formatted(rules.resolve(DOOR)))
        .endsWith("2 rules, 4 tests: 1 error, 0 warnings\n");
  }

  @Test
  void warningsFailOnlyWhenStrict() throws IOException {
    RuleFolders.edit(
        rules.resolve(DOOR + "/metainfo.yaml"), "id = \"Acme_Gate_syslog_door\"", "id = \"Other\"");
    Siem siem = Siem.run("validate", rules.toString());
    assertThat(siem.status()).isZero();
    assertThat(siem.out()).contains("warning[XP541]").endsWith("0 errors, 3 warnings\n");
    assertThat(Siem.run("validate", "--strict", rules.toString()).status()).isEqualTo(1);
    assertThat(Siem.run("validate", "--quiet", rules.toString()).out())
        .isEqualTo("2 rules, 4 tests: 0 errors, 3 warnings\n");
  }

  @Test
  void printsJsonForTools() throws IOException {
    RuleFolders.edit(rules.resolve(DOOR + "/formula.xp"), "id = ", "id = uper($verb) reason = ");
    Siem siem = Siem.run("validate", "--format", "json", rules.toString());
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.out().lines()).allMatch(line -> line.startsWith("{\"code\":\"XP"));
    assertThat(siem.out())
        .contains("\"severity\":\"error\"")
        .contains("\"line\":26,\"column\":6,\"endLine\":26,\"endColumn\":10")
        .contains("\"hint\":\"did you mean `upper`?\"");
  }

  @Test
  void testsBesideTheRuleAreLookedAt() throws IOException {
    Files.delete(rules.resolve(DOOR + "/tests/norm_1.js"));
    assertThat(Siem.run("validate", rules.toString()).out()).contains("error[XP701]");
  }

  @Test
  void someCriteriaHoldForEachTestEvent() throws IOException {
    Path metainfo = rules.resolve(BADGE + "/metainfo.yaml");
    RuleFolders.edit(metainfo, "badge\"\n    Loc", "badge\" and status = \"Success\"\n    Loc");
    Siem siem = Siem.run("validate", "--format", "json", rules.toString());
    assertThat(siem.status()).isZero();
    assertThat(siem.out().lines()).hasSize(2).allMatch(line -> line.contains("\"XP713\""));
    assertThat(siem.out())
        .contains("raw_1.txt", "raw_4.txt")
        .contains("`status = \\\"Success\\\"` does not hold, since status is \\\"failure\\\"");
    Files.writeString(rules.resolve(BADGE + "/tests/raw_1.txt"), "");
    Files.writeString(rules.resolve(BADGE + "/tests/raw_4.txt"), "{}");
    assertThat(Siem.run("validate", rules.toString()).out()).endsWith("0 errors, 0 warnings\n");
  }

  @Test
  void noRuleIsAFinding() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Siem siem = Siem.run("validate", empty.toString());
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.out())
        .contains("error[XP510]")
        .endsWith("0 rules, 0 tests: 1 error, 0 warnings\n");
    assertThat(Siem.run("validate", folder.resolve("missing").toString()).status()).isEqualTo(1);
  }
}
