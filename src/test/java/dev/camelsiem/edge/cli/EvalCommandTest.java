package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.check.workbench.Workbench;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvalCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          1 + 2                                   |                    | 3
          csv("/usr/bin/", "/", "")               |                    | [null,"usr","bin",null]
          keyvalue("k=v=w", " ", "=")             |                    | {"k":"v=w"}
          null                                    |                    | null
          $user["name"]                           | {"user":{"name":1}} | 1
          $EventID                                | {"Event":{"System":{"EventID":"7"}}} | "7"
          $Job["Run"][0]                          | <Job><Run>x</Run></Job> | <Run>
          string($Job["Run"]["!"])                | <Job><Run>x</Run></Job> | "x"
          substr($text, 0, 3)                     | a plain line       | "a p"
          JSON = '' reason = $a                   | {"a":"x"}          | {"reason":"x"}
          TEXT = '{$a=WORD}' src.port = $a        | 80                 | {"src.port":80}
          src.port = "80" datafield1 = src.port   |                    | src.port = 80
          """)
  void evaluates(String xp, String event, String value) {
    Siem siem = event == null ? Siem.run("eval", xp) : Siem.run("eval", xp, event);
    assertThat(siem.err()).isEmpty();
    assertThat(siem.out().lines().findFirst()).hasValue(value);
    assertThat(siem.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 +", "uper(\"a\")", "if true then 1", "JSON = 'a.b'", "drop", "lower("})
  void refuses(String xp) {
    Siem siem = Siem.run("eval", xp, "{\"a\": 1}");
    assertThat(siem.status()).isEqualTo(1);
    assertThat(siem.out()).isEmpty();
    assertThat(siem.err()).contains("[XP");
  }

  @Test
  void caretsStandInTheInputAlone() {
    assertThat(Siem.run("eval", "1 + uper(\"a\")").err())
        .contains("--> <input>:1:5\n  |\n1 | 1 + uper(\"a\")\n  |     ^^^^\n");
  }

  @Test
  void aSessionKeepsWhatWasSet(@TempDir Path folder) throws Exception {
    String shown =
        session(
            folder,
            """
            $a = csv("x,y", ",", "")
            $a[1]
            upper($it)
            if $a[0] == "x"
            then reason = "yes"
            endif
            reason
            :event {"b": 5}
            $b + 1
            :reset
            $a
            uper("x")
            :help
            :quit
            """);
    assertThat(shown)
        .containsSubsequence(
            "$a = [\"x\",\"y\"]",
            "\"y\"",
            "\"Y\"",
            "reason = \"yes\"",
            "\"yes\"",
            "The event is read as JSON = ''",
            "6",
            "null",
            "did you mean `upper`?",
            "forget all statements");
    assertThat(folder.resolve("history")).exists();
  }

  private static String session(Path folder, String input) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    try (Terminal terminal = new DumbTerminal("test", "dumb", in, out, StandardCharsets.UTF_8)) {
      new EvalSession(SiemCommand.commandLine(), new Workbench(null))
          .run(terminal, folder.resolve("history"));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          lower("a")               | false
          lower("a                 | true
          csv(                     | true
          [1, 2                    | true
          if $a then               | true
          if $a then b = 1 endif   | false
          a = "(" # (              | false
          $if = 1                  | false
          """)
  void knowsWhenAnInputGoesOn(String text, boolean open) {
    assertThat(XpLineParser.isOpen(text)).isEqualTo(open);
  }
}
