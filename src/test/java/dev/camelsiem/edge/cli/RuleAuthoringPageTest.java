package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs docs/rule-authoring.md from top to bottom: blocks with a file name are written, the commands
 * of console blocks are run, and what they print must be what the page shows. With {@code
 * -Dgolden.update=true} the page is written instead.
 */
class RuleAuthoringPageTest {
  private static final Path PAGE = Path.of("docs/rule-authoring.md");

  @TempDir Path folder;

  @Test
  void thePageShowsWhatTheCommandsPrint() throws IOException {
    String page = Files.readString(PAGE);
    String played = play(page);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, played);
      return;
    }
    assertThat(page).isEqualTo(played);
  }

  private String play(String page) throws IOException {
    StringBuilder played = new StringBuilder();
    List<String> block = null;
    String info = "";
    for (String line : page.split("\n", -1)) {
      if (block == null) {
        played.append(line).append('\n');
        if (line.startsWith("```")) {
          block = new ArrayList<>();
          info = line.substring(3);
        }
      } else if (line.equals("```")) {
        played.append(info.equals("console") ? run(block) : write(info, block));
        played.append(line).append('\n');
        block = null;
      } else {
        block.add(line);
      }
    }
    played.setLength(played.length() - 1);
    return played.toString();
  }

  private String write(String info, List<String> block) throws IOException {
    String text = String.join("\n", block) + "\n";
    int blank = info.indexOf(' ');
    if (blank > 0) {
      Path file = folder.resolve(info.substring(blank + 1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    return text;
  }

  private String run(List<String> block) {
    StringBuilder shown = new StringBuilder();
    for (String line : block) {
      if (line.startsWith("$ siem ")) {
        Siem siem = Siem.run(words(line.substring(7)));
        String printed = (siem.err() + siem.out()).replace(folder + "/", "");
        shown.append(line).append('\n').append(printed.stripTrailing()).append('\n');
      }
    }
    return shown.toString();
  }

  /** Words as a shell sees them; files are those of the test. */
  private String[] words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (command + " ").toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        words.add(inFolder(word.toString()));
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    return words.toArray(new String[0]);
  }

  private String inFolder(String word) {
    boolean file = word.startsWith("my-rules") || word.equals("events.log");
    return file ? folder.resolve(word).toString() : word;
  }
}
