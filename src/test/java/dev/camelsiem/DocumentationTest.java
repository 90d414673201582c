package dev.camelsiem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.edge.cli.SiemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/**
 * What the pages say is true: links lead somewhere, classes exist, commands and options are real.
 */
class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]+[A-Za-z0-9]*)`");
  private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> linksLeadSomewhere() throws IOException {
    return pages().stream()
        .map(page -> DynamicTest.dynamicTest(page.toString(), () -> checkLinks(page)));
  }

  private static void checkLinks(Path page) throws IOException {
    Matcher link = LINK.matcher(Files.readString(page));
    Path folder = page.toAbsolutePath().getParent();
    assertThat(folder).isNotNull();
    while (link.find()) {
      String target = link.group(1);
      if (!target.contains("://") && !target.startsWith("mailto:")) {
        assertThat(folder.resolve(target).normalize()).as("link `%s`", target).exists();
      }
    }
  }

  @Test
  void theWalkNamesClassesThatExist() throws IOException {
    Set<String> classes;
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      classes =
          sources
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    Matcher name = CLASS.matcher(Files.readString(Path.of("docs/walk.md")));
    List<String> missing = new ArrayList<>();
    while (name.find()) {
      if (!classes.contains(name.group(1)) && !name.group(1).equals("List")) {
        missing.add(name.group(1));
      }
    }
    assertThat(missing).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> commandsAreReal() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      Matcher block = SHELL.matcher(Files.readString(page));
      while (block.find()) {
        for (String line : block.group(1).split("\n", -1)) {
          if (line.startsWith("bin/siem ")) {
            tests.add(DynamicTest.dynamicTest(page + ": " + line, () -> parse(line)));
          }
        }
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  /** Parses the arguments as the command would, without running it. */
  private static void parse(String line) {
    CommandLine siem = SiemCommand.commandLine();
    List<String> arguments = new ArrayList<>();
    for (String word : words(line.substring("bin/siem ".length()))) {
      if (word.startsWith("#")
          || Set.of("|", ">", ">>", "2>", "&", "&&", "<", ";").contains(word)) {
        break;
      }
      arguments.add(word);
    }
    siem.parseArgs(arguments.toArray(String[]::new));
  }

  private static List<String> words(String line) {
    Matcher word = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)").matcher(line);
    List<String> words = new ArrayList<>();
    while (word.find()) {
      words.add(
          Arrays.asList(1, 2, 3).stream()
              .map(word::group)
              .filter(group -> group != null)
              .findFirst()
              .orElse(""));
    }
    return words;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(
            List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md")));
    for (String folder : List.of("docs", "examples", "rules")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }
}
