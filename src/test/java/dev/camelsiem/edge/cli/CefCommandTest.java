package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code siem cef encode|decode|mapping} as a shell calls them. */
class CefCommandTest {
  private static final String EVENT =
      "{\"time\":\"2025-02-18T10:07:28Z\",\"id\":\"API-001\",\"status\":\"Success\"}";
  private static final String LINE =
      "Feb 18 10:07:28 h CEF:0|Kaspersky|Kaspersky Container Security|2.0|API-001|API|3|"
          + "outcome=Success\n";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int siem(String... arguments) {
    CommandLine line = SiemCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void encodesEveryShapeOfInput() throws IOException {
    for (String shape :
        new String[] {
          EVENT + "\n" + EVENT,
          "\uFEFF" + EVENT + "\r\n\r\n" + EVENT + "\r\n",
          "[" + EVENT + ",\n  " + EVENT + "]",
          (EVENT + "\n" + EVENT + "\n").replace("{", "{\n").replace(",", ",\n")
        }) {
      out.getBuffer().setLength(0);
      assertThat(siem("cef", "encode", "--host=h", file("e.json", shape))).isZero();
      assertThat(out.toString()).as(shape).isEqualTo(LINE + LINE);
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void namesTheLineOfEachBadEvent() throws IOException {
    String events = EVENT + "\n{\"id\":\n\n" + EVENT + "\n{\"id\":\"ZZ-1\"}\n";
    assertThat(siem("cef", "encode", "--host=h", file("e.ndjson", events)))
        .isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString()).isEqualTo(LINE + LINE);
    assertThat(err.toString())
        .contains("line 2: malformed: the JSON object has no end")
        .contains("line 5: unknown_family: ")
        .contains("2 encoded, 2 rejected");
  }

  @Test
  void readsStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(siem("cef", "encode", "--host=h", "--pri=16", "--severity=API=10")).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString()).isEqualTo("<130>" + LINE.replace("|3|", "|10|"));
  }

  @Test
  void decodesToJson() throws IOException {
    String lines = LINE + "nothing\n";
    assertThat(siem("cef", "decode", file("lines", lines))).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString())
        .isEqualTo(
            "{\"timestamp\":\"Feb 18 10:07:28\",\"host\":\"h\",\"version\":0,"
                + "\"vendor\":\"Kaspersky\",\"product\":\"Kaspersky Container Security\","
                + "\"deviceVersion\":\"2.0\",\"id\":\"API-001\",\"name\":\"API\","
                + "\"severity\":\"3\",\"extensions\":{\"outcome\":\"Success\"}}\n");
    assertThat(err.toString())
        .contains("line 2: malformed: not CEF")
        .contains("1 decoded, 1 rejected");
  }

  @Test
  void refusesWrongUse() {
    assertThat(siem("cef")).isEqualTo(ExitCode.USAGE);
    assertThat(siem("cef", "encode", "--zone=Mars")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("option zone: expected a time zone");
    assertThat(siem("cef", "decode", folder.resolve("none").toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("cannot read ");
  }

  @Test
  void checksAMapping() throws IOException {
    assertThat(siem("cef", "mapping")).isZero();
    assertThat(out.toString()).contains("21 families, 37 keys");
    assertThat(siem("cef", "mapping", "--source")).isZero();
    String source = out.toString().substring(out.toString().indexOf("# yaml-language-server"));
    String copy = file("mine.yaml", source.replace("name: Agents", "name: [Agents]"));
    assertThat(siem("cef", "mapping", copy)).isEqualTo(ExitCode.FINDINGS);
    assertThat(err.toString()).contains("`name` must be text, found a list").contains("mine.yaml:");
    assertThat(siem("cef", "encode", "--mapping", copy)).isEqualTo(ExitCode.USAGE);
  }
}
