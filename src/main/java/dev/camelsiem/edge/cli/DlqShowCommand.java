package dev.camelsiem.edge.cli;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.letters.Letter;
import dev.camelsiem.letters.LetterJson;
import dev.camelsiem.letters.Replayed;
import dev.camelsiem.text.Ascii;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siem dlq show}. */
@Command(
    name = "show",
    description = {
      "Shows all that is known of dead letters, and their raw bytes, safe for a terminal.",
      "Exit status: 0 shown; 1 no such letter, or something could not be read; 2 wrong use, or no such",
      "file."
    })
public final class DlqShowCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin LetterSelection selection = new LetterSelection();

  @Parameters(
      arity = "0..*",
      paramLabel = "LETTER",
      description = "The number of a letter, or the id of its event.")
  @Nullable List<String> letters;

  @Option(names = "--json", description = "One JSON object a line, as in the file.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    if (letters != null) {
      selection.ids = letters;
    }
    if (!selection.isNarrow()) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "which letter? Name one, or give a filter");
    }
    PrintWriter out = spec.commandLine().getOut();
    int[] shown = {0};
    selection.each(
        letter -> {
          if (json) {
            out.print(new String(LetterJson.line(letter), StandardCharsets.UTF_8));
          } else {
            out.print(shown[0] == 0 ? "" : System.lineSeparator());
            show(out, letter);
          }
          shown[0]++;
          return true;
        });
    out.flush();
    if (shown[0] == 0) {
      spec.commandLine().getErr().println("siem: no such dead letter in " + selection.path);
      return ExitCode.FINDINGS;
    }
    return selection.status();
  }

  private void show(PrintWriter out, Letter letter) throws IOException {
    RawEvent event = letter.event();
    row(out, "letter", letter.name());
    row(out, "state", selection.isReplayed(letter) ? "replayed" : "open");
    row(out, "time", letter.time());
    row(out, "first time", letter.firstTime());
    row(out, "attempts", letter.attempts());
    row(out, "event id", event.id());
    row(out, "events", letter.count());
    row(out, "reason", letter.reason());
    row(out, "detail", letter.detail());
    row(out, "stage", letter.stage());
    row(out, "rule", letter.rule());
    row(out, "rule set", letter.ruleSet());
    row(out, "integration", letter.integrations().isEmpty() ? null : letter.integrations());
    row(out, "route", letter.route());
    row(out, "origin", event.origin());
    row(out, "position", event.position());
    row(out, "received", Instant.ofEpochMilli(event.receivedAt()));
    if (letter.cut() != null) {
      row(out, "cut from", letter.cut().length() + " bytes");
      row(out, "SHA-256", Objects.toString(letter.cut().sha256(), "not known"));
    }
    String refusal = Replayed.refusal(letter);
    row(out, "replay", refusal.isEmpty() ? "possible" : "not possible: " + refusal);
    row(out, "raw", event.length() + " bytes");
    out.println(raw(event));
  }

  private static void row(PrintWriter out, String name, @Nullable Object value) {
    if (value != null) {
      out.printf("%-12s %s%n", name, TerminalText.line(value.toString()));
    }
  }

  /** As text, or byte by byte where it is none. */
  private static String raw(RawEvent event) {
    byte[] bytes = event.toBytes();
    try {
      return TerminalText.lines(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder();
      for (byte b : bytes) {
        if (b >= ' ' && b < 127) {
          text.append((char) b);
        } else if (b == '\n') {
          text.append('\n');
        } else {
          text.append("\\x");
          text.append((char) Ascii.lowerHex((b >> 4) & 15));
          text.append((char) Ascii.lowerHex(b & 15));
        }
      }
      return text.toString();
    }
  }
}
