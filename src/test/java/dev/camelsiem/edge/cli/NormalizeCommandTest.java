package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.mapping.CefMappings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalizeCommandTest {
  private static final String RULES = RuleFolders.RULES.toString();
  private static final String DOOR =
      "<13>2024-05-06 07:08:09.5 gw1 gate[77]: anna opened door 5 from 10.0.0.9";
  private static final String KICKED = "2024-05-06 07:08:09 gw1 gate[77]: bob kicked door 5";
  private static final String BADGE = "{\"event\":\"badge\",\"user\":{\"name\":\"bob\"}}";
  private static final String WRAPPED =
      "{\"body\":\"2024-05-06 07:08:09 gw2 gate[1]: eve closed door 1\",\"mime\":\"text/plain\"}";

  @TempDir Path folder;

  @Test
  void normalizesTextJsonAndEnvelopesInOrder() throws IOException {
    Siem siem = normalize(List.of(DOOR, "", BADGE, WRAPPED));
    assertThat(siem.status()).isZero();
    assertThat(siem.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"action\":"));
    assertThat(siem.out()).containsSubsequence("anna", "bob", "eve");
    assertThat(siem.out()).doesNotContain("event_src.host\"");
    assertThat(siem.err())
        .contains("3 events, 3 normalized")
        .contains("           2 Acme_Gate_syslog_door\n")
        .contains("           1 Acme_Gate_json_badge\n");
  }

  @Test
  void keepsAndExplainsWhatIsNotNormalized() throws IOException {
    Path rest = folder.resolve("rest.log");
    Siem siem =
        normalize(List.of(DOOR, KICKED, "{\"a\":1}"), "--unmatched", rest.toString(), "--explain");
    assertThat(siem.status()).isEqualTo(1);
    assertThat(Files.readString(rest)).isEqualTo(KICKED + "\n{\"a\":1}\n");
    assertThat(siem.err())
        .contains("line:2: no_rule_matched: closest was Acme_Gate_syslog_door: expected")
        .contains("found `kicked door 5`")
        .contains("line:3: no_rule_matched")
        .contains("2 no_rule_matched");
  }

  @Test
  void theAppendixAndTheFormatMayBeAskedFor() throws IOException {
    Siem siem = normalize(List.of(BADGE), "--appendix", "--format", "JSON", "--no-stats");
    assertThat(siem.out()).contains("\"event_src.host\":\"127.0.0.1\"");
    assertThat(siem.err()).isEmpty();
    Siem text = normalize(List.of(BADGE), "--format", "text");
    assertThat(text.status()).isEqualTo(1);
    assertThat(text.out()).isEmpty();
  }

  @Test
  void sentencesMayBeAskedForAndNameHostsThen() throws IOException {
    Siem siem = normalize(List.of(DOOR, BADGE), "--describe", "both");
    assertThat(siem.status()).isZero();
    assertThat(siem.out())
        .contains("\"description.en\":\"Door 5 at gw1\",\"description.ru\":\"Дверь 5 на узле gw1\"")
        .contains("\"event_src.host\":\"gw1\"");
    assertThat(siem.err()).doesNotContain("described by default");
    Siem english = normalize(List.of(BADGE), "--describe", "EN");
    assertThat(english.out())
        .contains("\"description.en\":\"Badge of bob\"")
        .doesNotContain("description.ru");
  }

  @Test
  void eventsThatNoCriteriaHoldForAreDescribedByDefaultAndCounted() throws IOException {
    Path bare = Files.createDirectories(folder.resolve("rules/bare"));
    Files.writeString(
        bare.resolve("formula.xp"),
        "TEXT = 'bare {status=WORD}' subject = \"account\" action = \"login\" object = \"system\"");
    Siem siem =
        normalize(
            List.of("bare success"),
            "--rules",
            folder.resolve("rules").toString(),
            "--describe",
            "both");
    assertThat(siem.out())
        .contains("\"description.en\":\"account login system success on host 127.0.0.1\"")
        .contains("\"description.ru\":\"account login system success на узле 127.0.0.1\"");
    assertThat(siem.err()).contains("           1 described by default\n");
  }

  @Test
  void linesOfAMappingNameHostsAndSayWhatTheMappingAsksFor() throws IOException {
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        mapping: gates
        header: {vendor: acme, product: gates, version: "1"}
        syslog: {header: none}
        families: {all: {ids: ["*"], name: {field: name.ru, otherwise: x}, severity: 5}}
        extension:
          - {key: dvchost, field: event_src.host, families: [all]}
          - {key: msg, field: description.en, families: [all]}
        """);
    Siem siem = normalize(List.of(DOOR, BADGE), "-o", "cef", "--mapping", mapping.toString());
    assertThat(siem.status()).isZero();
    assertThat(siem.out())
        .isEqualTo(
            """
            CEF:0|acme|gates|1|Acme_Gate_syslog_door|Дверь на узле|5|dvchost=gw1 msg=Door 5 at gw1
            CEF:0|acme|gates|1|Acme_Gate_json_badge|Пропуск сотрудника|5|dvchost=127.0.0.1 msg=Badge of bob
            """);
    Siem overridden =
        normalize(
            List.of(BADGE),
            "--output=cef",
            "--mapping=" + mapping,
            "--header=rfc5424",
            "--app-name=gate",
            "--host=here",
            "--severity=Acme_Gate_json_badge=9");
    assertThat(overridden.out()).contains("Z here gate ").contains("|9|dvchost");
  }

  @Test
  void linesOfLeefNameTheEventAndItsSeverityInAttributes() throws IOException {
    Siem siem = normalize(List.of(DOOR), "--output=leef", "--header=none");
    assertThat(siem.status()).isZero();
    assertThat(siem.out())
        .startsWith("LEEF:2.0|")
        .contains("|Acme_Gate_syslog_door|x09|devTime=")
        .contains("\tsev=", "\tname=Door at\t", "\tmsg=Door 5 at gw1\n");
    assertThat(
            normalize(List.of(DOOR), "--output=cef", "--mapping=" + CefMappings.NORMALIZED_LEEF)
                .err())
        .contains("`normalized-leef` makes lines of LEEF");
  }

  @Test
  void rulesThatMatchTheSameEventsAreReported() throws IOException {
    Path twin = Files.createDirectories(folder.resolve("rules/zz_twin"));
    Files.writeString(twin.resolve("formula.xp"), "JSON = 'event=\"badge\"' id = \"Twin\"\n");
    Siem siem =
        normalize(List.of(BADGE), "--rules", folder.resolve("rules").toString(), "--ambiguity");
    assertThat(siem.status()).isZero();
    assertThat(siem.err()).contains(" match the same events (1 in the sample)").contains("Twin");
  }

  @Test
  void wrongUse() throws IOException {
    assertThat(Siem.run("normalize").status()).isEqualTo(2);
    assertThat(normalize(List.of(DOOR), "--format", "csv").err())
        .contains("it is one of text, json, eventlog, xml, tabular");
    assertThat(normalize(List.of(DOOR), "--describe", "de").status()).isEqualTo(2);
    assertThat(Siem.run("normalize", "--rules", RULES, "no/such/file").status()).isEqualTo(2);
    assertThat(normalize(List.of(DOOR), "--host", "here").err())
        .contains("options of lines need --output cef or leef");
    assertThat(normalize(List.of(DOOR), "--output", "cef", "--describe", "en").err())
        .contains("--describe goes with JSON");
    assertThat(normalize(List.of(DOOR), "--output", "cef", "--mapping", "no.yaml").err())
        .contains("mapping no.yaml cannot be read");
    assertThat(Siem.run("normalize", "--rules", "no/such/rules", "pom.xml").err())
        .contains("XP511");
  }

  @Test
  void rulesWithErrorsAreShown() throws IOException {
    Files.writeString(folder.resolve("formula.xp"), "JSON = ''\nreason = uper($a)\n");
    Siem siem = Siem.run("normalize", "--rules", folder.toString(), "pom.xml");
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.err()).contains("error[XP201]").contains("formula.xp:2:10");
  }

  @Test
  void linesAreCutWhereverTheBuffersEnd() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      String line = "line " + i + "x".repeat(i % 97);
      expected.add(line);
      text.append(line).append(i % 3 == 0 ? "\r\n" : "\n").append(i % 5 == 0 ? "\n" : "");
    }
    text.setLength(text.length() - 1);
    for (int buffer : new int[] {1, 7, 64, 1 << 16}) {
      assertThat(read(text.toString().getBytes(StandardCharsets.UTF_8), buffer))
          .isEqualTo(expected);
    }
  }

  @Test
  void aLineWithoutEndTakesNoMoreMemoryThanTheLimit() throws IOException {
    byte[] bytes = new byte[20 << 20];
    java.util.Arrays.fill(bytes, (byte) 'x');
    bytes[bytes.length - 6] = '\n';
    List<String> lines = read(bytes, 1 << 16);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).hasSize(RawLines.LONGEST_LINE);
    assertThat(lines.get(1)).isEqualTo("xxxxx");
  }

  private static List<String> read(byte[] bytes, int buffer) throws IOException {
    List<String> found = new ArrayList<>();
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      RawLines lines = new RawLines(in, "test");
      for (var batch = lines.next(buffer); !batch.isEmpty(); batch = lines.next(buffer)) {
        batch.forEach(event -> found.add(event.toString()));
      }
    }
    return found;
  }

  private Siem normalize(List<String> lines, String... options) throws IOException {
    Path file = folder.resolve("events.log");
    Files.write(file, lines);
    List<String> arguments = new ArrayList<>(List.of("normalize", "--rules", RULES));
    arguments.addAll(List.of(options));
    arguments.add(file.toString());
    return Siem.run(arguments.toArray(new String[0]));
  }
}
