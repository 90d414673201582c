package dev.camelsiem.check.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.rulepackage.RuleFinder;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.rulepackage.RuleTest;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A formula and raw events that it is made for. */
record FuzzSeed(String formula, List<byte[]> events) {
  /** Ours, and those of {@code -Dfuzz.corpus=FOLDER}. */
  static List<FuzzSeed> read() {
    List<Path> roots = new ArrayList<>(List.of(Path.of("rules")));
    String corpus = System.getProperty("fuzz.corpus");
    if (corpus != null) {
      roots.add(Path.of(corpus));
    }
    List<FuzzSeed> seeds = new ArrayList<>();
    for (RuleFolder rule : RuleFinder.find(roots, new Diagnostics())) {
      seeds.add(read(rule));
    }
    assertThat(seeds).isNotEmpty();
    return seeds;
  }

  private static FuzzSeed read(RuleFolder rule) {
    try {
      List<byte[]> events = new ArrayList<>();
      for (RuleTest test : RuleTest.of(rule)) {
        events.add(Files.readAllBytes(test.raw()));
      }
      assertThat(events).as("raw events of %s", rule).isNotEmpty();
      return new FuzzSeed(Files.readString(rule.formula()), events);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
