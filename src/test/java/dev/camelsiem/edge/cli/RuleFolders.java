package dev.camelsiem.edge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of the test rules that a test may change. */
final class RuleFolders {
  static final Path RULES = Path.of("src/test/resources/dev/camelsiem/check/rules");
  static final String DOOR = "Acme/Gate/Acme_Gate_syslog_door";
  static final String BADGE = "Acme/Gate/Acme_Gate_json_badge";

  private RuleFolders() {}

  static Path copy(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(RULES)) {
      files.forEach(file -> copy(file, target.resolve(RULES.relativize(file).toString())));
    }
    return target;
  }

  private static void copy(Path from, Path to) {
    try {
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else {
        Files.copy(from, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(file + " has no " + from);
    }
    Files.writeString(file, text.replace(from, to));
  }
}
