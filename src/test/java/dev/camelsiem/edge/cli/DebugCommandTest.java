package dev.camelsiem.edge.cli;

import static dev.camelsiem.edge.cli.RuleFolders.BADGE;
import static dev.camelsiem.edge.cli.RuleFolders.DOOR;
import static dev.camelsiem.edge.cli.RuleFolders.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class DebugCommandTest {
  private static final String RULE = RULES.resolve(DOOR).toString();

  @Test
  void showsCapturesConditionsAssignmentsAndBranches() {
    Siem siem = Siem.run("debug", RULE, "2");
    assertThat(siem.status()).isZero();
    assertThat(siem.out())
        .contains("[2024-05-06 07:08:10] [gw1] gate[[77]]: [bob] [closed] door [5] [late]")
        .contains("    3 event_src.hostname = \"gw1\"   HOSTNAME\n")
        .contains("    6 true: object.id != \"0\"\n")
        .contains("    9 action = \"close\"\n")
        .contains("   13 taken: if $tail == \"late\" then\n")
        .contains("normalized\n{\n  \"action\": \"close\",\n");
  }

  @Test
  void coloursTheCaptures() {
    assertThat(Siem.run(Ansi.ON, "debug", RULE, "1").out()).contains("\u001b[36m2024-05-06");
  }

  @Test
  void pointsAtTheFurthestPointOfAnEventGivenAsText() {
    Siem siem = Siem.run("debug", RULE, "2024-05-06 07:08:10 gw1 gate[77]: bob kicked door 5");
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.out())
        .contains("note[XP602]")
        .contains("found `kicked door 5`")
        .endsWith("the rule does not match\n");
  }

  @Test
  void saysWhyTheConditionIsFalse() {
    Siem siem = Siem.run("debug", RULE, "2024-05-06 07:08:10 gw1 gate[77]: bob closed door 0");
    assertThat(siem.out()).contains("this condition is false").contains("object.id is \"0\"");
  }

  @Test
  void saysThatTheEventIsNotOfTheHeadsFormat() {
    Siem siem = Siem.run("debug", RULES.resolve(BADGE).toString(), "{\"event\": ");
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.out()).contains("XP604");
  }

  @Test
  void wrongUse() {
    assertThat(Siem.run("debug", RULES.toString()).status()).isEqualTo(2);
    assertThat(Siem.run("debug", "no/such/folder").status()).isEqualTo(2);
    assertThat(Siem.run("debug", RULE, " ").status()).isEqualTo(2);
  }
}
