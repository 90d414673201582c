package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.durable.CrashPoint;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGKILL at random points, while lines are written and files are rotated: nothing is lost. */
class TailerKillTest {
  private static final int KILLS = 6;
  private static final int SOURCE_DIGITS = 16;
  private static final int LINES_PER_ROUND = 3000;

  @TempDir Path folder;
  private final Random random = new Random(20261122);
  private int written;

  @Test
  void nothingIsLostWhenTheProcessIsKilled() throws Exception {
    Path out = folder.resolve("out.txt");
    for (int round = 0; round < KILLS; round++) {
      Process child = startChild(out);
      try {
        long before = Files.exists(out) ? Files.size(out) : 0;
        await()
            .until(
                () -> {
                  writeSome(LINES_PER_ROUND / 20);
                  return Files.exists(out) && Files.size(out) > before;
                });
        writeSome(random.nextInt(LINES_PER_ROUND));
      } finally {
        child.destroyForcibly().waitFor();
      }
      rotate(round);
    }
    Process child = startChild(out);
    try {
      awaitAll(out);
      String place = "\"offset\":" + Files.size(folder.resolve("app.log"));
      Path checkpoint = folder.resolve("state/checkpoint");
      await().until(() -> Files.readString(checkpoint).contains(place));
    } finally {
      child.destroyForcibly().waitFor();
    }
    int again = Files.readAllLines(out).size() - written;
    assertThat(again).as("a batch for each kill").isLessThanOrEqualTo(KILLS * TailChild.BATCH);
    nothingComesAgainOnceItsPlaceIsSaved(out);
    idsTellWhatCameAgain(out);
  }

  /** It ends within a save, and again in the next one after the start, and so on. */
  @ParameterizedTest
  @CsvSource({
    "before-append-sync, 1",
    "before-append-sync, 7",
    "after-append-sync, 4",
    "after-note, 3",
    "before-rename, 1",
    "before-rename, 2",
    "after-rename, 1",
    "after-rename, 2"
  })
  void nothingIsLostWhenTheProcessEndsWithinASave(String place, int when) throws Exception {
    Path out = folder.resolve("out.txt");
    for (int round = 0; round < 2; round++) {
      Process child = startChild(out, "-Ddev.camelsiem.crash=" + place + ":" + when);
      try {
        await()
            .until(
                () -> {
                  writeSome(LINES_PER_ROUND); // much, or there is no second rename
                  return !child.isAlive();
                });
      } finally {
        child.destroyForcibly().waitFor();
      }
      assertThat(child.exitValue()).isEqualTo(CrashPoint.EXIT_CODE);
      rotate(round);
    }
    Process child = startChild(out);
    try {
      awaitAll(out);
    } finally {
      child.destroyForcibly().waitFor();
    }
    idsTellWhatCameAgain(out);
  }

  private void nothingComesAgainOnceItsPlaceIsSaved(Path out) throws Exception {
    int before = Files.readAllLines(out).size();
    writeSome(1);
    Process child = startChild(out);
    try {
      awaitAll(out);
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(Files.readAllLines(out)).hasSize(before + 1);
  }

  /** A line that came again has the id that it had before, and no two lines share one. */
  private void idsTellWhatCameAgain(Path out) throws IOException {
    Map<String, String> lineOfId = new HashMap<>();
    for (String line : Files.readAllLines(out)) {
      int text = line.lastIndexOf(" event number ");
      int dash = line.lastIndexOf('-', text);
      if (text > 0 && dash >= SOURCE_DIGITS) { // otherwise torn by a kill
        lineOfId.merge(
            line.substring(dash - SOURCE_DIGITS, text),
            line.substring(text),
            (one, other) -> {
              assertThat(other).isEqualTo(one);
              return one;
            });
      }
    }
    assertThat(lineOfId).as("an id for each line").hasSize(written);
  }

  private void awaitAll(Path out) {
    await()
        .atMost(60, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(numbers(out).cardinality()).isEqualTo(written));
  }

  private void writeSome(int lines) throws IOException {
    try (Writer log =
        Files.newBufferedWriter(
            folder.resolve("app.log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < lines; i++) {
        log.write("event number " + written++ + "\n");
      }
    }
  }

  private void rotate(int round) throws IOException {
    if (round % 2 == 0) {
      Files.move(folder.resolve("app.log"), folder.resolve("app.log." + round));
    }
  }

  /** The numbers that arrived; a line that a kill has torn must not be among them. */
  private static BitSet numbers(Path out) throws IOException {
    BitSet numbers = new BitSet();
    for (String line : Files.readAllLines(out)) {
      int start = line.lastIndexOf("event number ");
      String number = start < 0 ? "" : line.substring(start + "event number ".length());
      if (!number.isEmpty()) {
        numbers.set(Integer.parseInt(number));
      }
    }
    return numbers;
  }

  private Process startChild(Path out, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TailChild.class.getName());
    command.add(folder + "/app.log*");
    command.add(folder.resolve("state/checkpoint").toString());
    command.add(out.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child.log").toFile())
        .start();
  }
}
