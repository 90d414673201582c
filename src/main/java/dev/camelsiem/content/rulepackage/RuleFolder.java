package dev.camelsiem.content.rulepackage;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A rule on disk: a folder with a {@code formula.xp}.
 *
 * @param directory as reached from the folder that the user named, so that paths in findings can be
 *     opened
 */
public record RuleFolder(Path directory) implements Comparable<RuleFolder> {
  static final String FORMULA = "formula.xp";

  /** The folder's name: the system name of the rule. */
  public String name() {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    return name == null ? directory.toString() : name.toString();
  }

  public Path formula() {
    return directory.resolve(FORMULA);
  }

  public Path metainfo() {
    return directory.resolve("metainfo.yaml");
  }

  /** The texts of one language, such as {@code en}; they need not exist. */
  public Path texts(String language) {
    return directory.resolve("i18n").resolve("i18n_" + language + ".yaml");
  }

  public Path tests() {
    return directory.resolve("tests");
  }

  static boolean isRule(Path directory) {
    return Files.isRegularFile(directory.resolve(FORMULA));
  }

  /** By the path as text: the order in which rules are tried and reported. */
  @Override
  public int compareTo(RuleFolder other) {
    return directory.toString().compareTo(other.directory.toString());
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
