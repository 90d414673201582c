package dev.camelsiem.content.rulepackage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A test of a rule on disk: {@code tests/raw_N.txt}, one raw event, and {@code tests/norm_N.js},
 * the fields expected of it. One of the two may be missing, which is for the runner to report.
 */
public record RuleTest(RuleFolder rule, int number) {
  private static final String RAW = "raw_";
  private static final String RAW_END = ".txt";
  private static final String NORM = "norm_";
  private static final String NORM_END = ".js";
  private static final int MOST_DIGITS = 6;

  public Path raw() {
    return rule.tests().resolve(RAW + number + RAW_END);
  }

  public Path norm() {
    return rule.tests().resolve(NORM + number + NORM_END);
  }

  /** The tests of a rule by number; gaps between the numbers are fine. */
  public static List<RuleTest> of(RuleFolder rule) {
    if (!Files.isDirectory(rule.tests())) {
      return List.of();
    }
    TreeSet<Integer> numbers = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(rule.tests())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        int number = Math.max(number(name, RAW, RAW_END), number(name, NORM, NORM_END));
        if (number >= 0) {
          numbers.add(number);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + rule.tests(), e);
    }
    List<RuleTest> tests = new ArrayList<>(numbers.size());
    numbers.forEach(number -> tests.add(new RuleTest(rule, number)));
    return tests;
  }

  /** The number in a name such as {@code raw_12.txt}, or -1 when the name is not of that kind. */
  private static int number(String name, String start, String end) {
    if (!name.startsWith(start) || !name.endsWith(end)) {
      return -1;
    }
    int from = start.length();
    int to = name.length() - end.length();
    if (to <= from || to - from > MOST_DIGITS || (name.charAt(from) == '0' && to - from > 1)) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  @Override
  public String toString() {
    return rule.directory().resolve("tests") + "/" + number;
  }
}
