package dev.camelsiem.edge.cli;

import static dev.camelsiem.edge.cli.RuleFolders.BADGE;
import static dev.camelsiem.edge.cli.RuleFolders.DOOR;
import static dev.camelsiem.edge.cli.RuleFolders.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

class DebugCommandTest {
  private static final String RULE = RULES.resolve(DOOR).toString();

  @TempDir Path folder;

  @Test
  void showsWhichCriteriaHoldAndTheSentences() throws IOException {
    Path rules = RuleFolders.copy(folder.resolve("rules"));
    Path rule = rules.resolve(DOOR);
    Files.writeString(
        rule.resolve("metainfo.yaml"),
        """
        ObjectId: ACME-NF-1
        EventDescriptions:
          - LocalizationId: a
            Criteria: >
              id = "Acme_Gate_syslog_door" and
                (action = "close" or action = open)
          - LocalizationId: b
            Criteria: id = "Acme_Gate_syslog_door" and event_src.host != null
          - LocalizationId: c
            Criteria: id = "Acme_Gate_syslog_door"
        """);
    for (String language : List.of("en", "ru")) {
      Files.writeString(
          rule.resolve("i18n/i18n_" + language + ".yaml"),
          """
          EventDescriptions:
          - {LocalizationId: a, EventDescription: closed}
          - {LocalizationId: b, EventDescription: 'door {object.id} at {event_src.host}'}
          - {LocalizationId: c, EventDescription: any}
          """);
    }
    Siem siem = Siem.run("debug", rule.toString(), "1");
    assertThat(siem.status()).isZero();
    assertThat(siem.out())
        .endsWith(
            """
            described (after the appendix)
                4 false: id = "Acme_Gate_syslog_door" and (action = "close" or action = open)
                  since action is "open"
                8 true: id = "Acme_Gate_syslog_door" and event_src.host != null
               10 true, too late: id = "Acme_Gate_syslog_door"
               en door 5 at gw1
               ru door 5 at gw1
            """);
  }

  @Test
  void saysThatNoCriteriaHold() throws IOException {
    Path rules = RuleFolders.copy(folder.resolve("rules"));
    Path metainfo = rules.resolve(DOOR).resolve("metainfo.yaml");
    RuleFolders.edit(metainfo, "id = \"Acme_Gate_syslog_door\"", "action = reason");
    assertThat(Siem.run("debug", rules.resolve(DOOR).toString()).out())
        .endsWith(
            """
            described (after the appendix)
                2 false: action = reason
                  since action is "open", reason is not set
                  no criteria hold, so these are the default sentences
               en account open device success on host gw1
               ru account open device success на узле gw1
            """);
    Files.delete(metainfo);
    assertThat(Siem.run("debug", rules.resolve(DOOR).toString()).out())
        .contains("      no criteria hold")
        .contains("   en account open device");
  }

  @Test
  void showsWhatIsWrongWithTheDescriptions() throws IOException {
    Path rules = RuleFolders.copy(folder.resolve("rules"));
    Path metainfo = rules.resolve(DOOR).resolve("metainfo.yaml");
    RuleFolders.edit(metainfo, "Criteria: id", "Criteria: not id");
    assertThat(Siem.run("debug", rules.resolve(DOOR).toString()).out())
        .contains("error[XP540]: criteria: expected `=` or `!=`, found `id`");
  }

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
