package dev.camelsiem.letters;

import static dev.camelsiem.letters.LetterStoreTest.letters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.letters.LetterLimits.WhenFull;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands beside a file of letters, and what happens when some of it can't be read. */
class LetterFolderTest {
  private static final LetterLimits LIMITS =
      new LetterLimits(
          1 << 24, 1 << 20, WhenFull.dropOldest, 1 << 20, Duration.ofDays(1), Duration.ofDays(30));

  @TempDir Path folder;

  /** The rest is read, and what is wrong is named with its file and line. */
  @ParameterizedTest
  @CsvSource({
    "folder, letters.2.ndjson, letters.2.ndjson:1: , 2",
    "long, letters.2.ndjson, letters.2.ndjson:3: a line of more than, 4",
    "damaged, letters.2.ndjson, letters.2.ndjson:3: no dead letter, 4",
    "binary, letters.2.ndjson, letters.2.ndjson:3: no dead letter, 4",
    "folder, letters.ndjson, letters.ndjson:1: , 2",
    "damaged, letters.ndjson, letters.ndjson:3: no dead letter, 4",
  })
  void oneThatCannotBeReadKeepsNobodyFromTheRest(
      String what, String name, String problem, int served) throws Exception {
    Path path = folder.resolve("letters.ndjson");
    int number = 0;
    for (String file : List.of("letters.1.ndjson", name, "letters.9.ndjson")) {
      Files.write(folder.resolve(file), lines(number, file.equals(name) ? 2 : 1));
      number += 2;
    }
    spoil(what, folder.resolve(name));

    LetterFolder letters = new LetterFolder(path);
    List<Letter> read = new ArrayList<>();
    letters.each(read::add);

    assertThat(read).hasSize(served);
    assertThat(letters.unreadable()).isEqualTo(1);
    assertThat(letters.problems())
        .singleElement()
        .satisfies(text -> assertThat(text).startsWith(folder + "/" + problem));
  }

  private static void spoil(String what, Path file) throws IOException {
    switch (what) {
      case "folder" -> {
        Files.delete(file);
        Files.createDirectories(file.resolve("not empty"));
      }
      case "long" -> {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
          sparse.setLength(file.toFile().length() + (65 << 20)); // no line feed in all of it
        }
      }
      case "damaged" -> Files.writeString(file, "{\"n\":1,\"ti\n", StandardOpenOption.APPEND);
      default -> Files.write(file, new byte[] {0, -1, '\n'}, StandardOpenOption.APPEND);
    }
  }

  @Test
  void aPurgeServesTheRestAndSaysWhatItCouldNotRead() throws Exception {
    try (LetterStore store = new LetterStore(folder.resolve("letters.ndjson"), LIMITS)) {
      for (int i = 0; i < 3; i++) {
        store.append(letters("/a", i + 1, 1, "x"), null);
        long unused = store.settle();
      }
      spoil("folder", folder.resolve("letters.2.ndjson"));
      LetterStore.Removed removed = store.remove(letter -> true);
      assertThat(removed.letters()).isEqualTo(2);
      assertThat(removed.unreadable())
          .singleElement()
          .satisfies(text -> assertThat(text).contains("letters.2.ndjson:1: cannot be read"));
    }
  }

  @Test
  void sumsAndLedgerThatCannotBeReadRefuseNoStart() throws Exception {
    Path path = folder.resolve("letters.ndjson");
    Files.createDirectories(folder.resolve("letters.ndjson.sums/not empty"));
    Files.createDirectories(folder.resolve("letters.ndjson.replayed/not empty"));
    try (LetterStore store = new LetterStore(path, LIMITS)) {
      store.append(letters("/a", 1, 1, "x"), null);
    }
    assertThat(folder.resolve("letters.ndjson.sums.damaged")).isDirectory();
    assertThat(folder.resolve("letters.ndjson.replayed")).isDirectory();
  }

  /** Files of one folder whose names differ in what is behind the dot. */
  @Test
  void filesOfTheSameStemShareNothing() throws Exception {
    for (String name : List.of("dead.ndjson", "dead.log", "dead")) {
      Path path = folder.resolve(name);
      LetterLimits narrow =
          new LetterLimits(
              1 << 20, 1 << 20, WhenFull.dropOldest, 1, Duration.ofDays(1), Duration.ofDays(30));
      try (LetterStore store = new LetterStore(path, narrow)) {
        store.append(letters("/" + name, 1, 1, "x"), null);
        Ledger.load(path).add(List.of((long) name.length()), 1);
        assertThat(new Requests(path).purge(true).send()).hasSize(1);
      }
    }
    for (String name : List.of("dead.ndjson", "dead.log", "dead")) {
      Path path = folder.resolve(name);
      assertThat(Sums.read(path))
          .singleElement()
          .satisfies(sum -> assertThat(sum.key().origin()).isEqualTo("/" + name));
      assertThat(Ledger.load(path).size()).isEqualTo(1);
      assertThat(Ledger.load(path).replay(name.length())).isEqualTo(1);
      assertThat(new Requests(path).waiting()).hasSize(1);
    }
  }

  @Test
  void whatAnOlderBuildLeftBesideTheLettersIsUsedOn() throws Exception {
    Path path = folder.resolve("dead.ndjson");
    Files.writeString(folder.resolve("dead.replayed"), "7 3\n");
    Files.createDirectories(folder.resolve("dead.requests"));
    Files.writeString(folder.resolve("dead.requests/1.request"), "{\"kind\":\"purge\"}\n1\n4..6\n");
    Files.writeString(
        folder.resolve("dead.sums.ndjson"),
        "{\"sum\":true,\"why\":\"share\",\"reason\":\"malformed\",\"stage\":\"s\",\"origin\":\"/a\",\"count\":5,"
            + "\"bytes\":5,\"firstTime\":\"2026-11-22T10:15:30Z\",\"lastTime\":\"2026-11-22T10:15:30Z\",\"sample\":\"x\"}\n");
    assertThat(Ledger.load(path).replay(7)).isEqualTo(3);
    assertThat(Sums.read(path)).singleElement().satisfies(s -> assertThat(s.count()).isEqualTo(5));
    Path request = new Requests(path).waiting().get(0);
    assertThat(Requests.read(request).letters()).isEqualTo(4);
  }

  /** A million letters must not be read once for each fifty thousand of them. */
  @Test
  void allLettersAreAskedForInOneRequest() throws Exception {
    Path path = folder.resolve("letters.ndjson");
    Requests.Asking asking = new Requests(path).replay(false, null);
    Letter first = LetterJson.read(lines(0, 1), 0, lines(0, 1).length);
    for (long number = 1; number < 600_000; number += number % 3 == 0 ? 2 : 1) {
      asking.add(numbered(first, number));
    }
    List<String> names = asking.send();
    assertThat(names).hasSize(1);
    Request request = Requests.read(new Requests(path).waiting().get(0));
    assertThat(request.letters()).isEqualTo(asking.letters()).isGreaterThan(300_000);
    assertThat(request.wants(numbered(first, 3))).isTrue();
    assertThat(request.wants(numbered(first, 4))).isFalse();
  }

  private static Letter numbered(Letter letter, long number) {
    return new Letter(
        number,
        letter.time(),
        letter.firstTime(),
        1,
        RawEvent.of("x", "/a", number),
        1,
        List.of(),
        null,
        letter.reason(),
        "",
        "",
        null,
        null,
        List.of(),
        null,
        null);
  }

  private static byte[] lines(int first, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      var dead = letters("/a", first + i, 1, "x").get(0);
      Letter letter = new Retries().letter(dead, first + i, java.time.Instant.EPOCH, null);
      text.append(new String(LetterJson.line(letter), StandardCharsets.UTF_8));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
