package dev.camelsiem.letters;

import static dev.camelsiem.letters.LetterStoreTest.letters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.durable.CrashPoint;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.letters.LetterLimits.WhenFull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How room is made: who pays, who waits, and what the account says when something goes wrong. */
class LetterRoomTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  private Path path() {
    return folder.resolve("letters.ndjson");
  }

  private static LetterLimits limits(long maxBytes) {
    return limits(maxBytes, Duration.ofDays(1));
  }

  private static LetterLimits limits(long maxBytes, Duration period) {
    return new LetterLimits(
        maxBytes,
        Math.max(1, maxBytes / 16),
        WhenFull.dropOldest,
        1 << 30,
        period,
        Duration.ofDays(30));
  }

  /** An honest file that holds a little more than others must not pay for all of them. */
  @Test
  void nobodyLosesAllBecauseALittleWasMissing() throws Exception {
    Map<String, Integer> written = new TreeMap<>();
    long most = 1 << 18;
    try (LetterStore store = new LetterStore(path(), limits(most))) {
      for (int i = 0; counted().isEmpty(); i++) {
        String origin = i % 61 == 0 ? "/0" : "/" + i % 6; // the first has a little more
        store.append(letters(origin, i + 1, 1, "x".repeat(40)), null);
        written.merge(origin, 1, Integer::sum);
      }
      for (int i = 0; i < 10; i++) { // until the pass is over
        store.append(letters("/1", 2_000 + i, 1, "x".repeat(40)), null);
        written.merge("/1", 1, Integer::sum);
      }
    }
    Map<String, Integer> kept = new TreeMap<>();
    kept().forEach(letter -> kept.merge(letter.event().origin(), 1, Integer::sum));
    assertThat(written.get("/0")).isGreaterThan(written.get("/2") + 5);
    assertThat(kept.keySet()).isEqualTo(written.keySet());
    assertThat(kept.values()).allMatch(count -> count >= kept.get("/0") - 1);
    long lost = counted().values().stream().mapToLong(Long::longValue).sum();
    assertThat(lost).isEqualTo(written.values().stream().mapToInt(i -> i).sum() - kept().size());
  }

  /** A name that is free later is not that of letters which were there before. */
  @Test
  void namesThatComeFreeLeaveNothingBehind() throws Exception {
    long appended = 0;
    Duration period = Duration.ofMillis(1); // names come free all the time
    try (LetterStore store = new LetterStore(path(), limits(1 << 18, period))) {
      for (int round = 0; round < 12; round++) {
        List<DeadLetter> batch = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          String origin = "udp://10.0." + (round * i % 7) + "." + i % 256 + ":1";
          batch.addAll(letters(origin, appended++ + 1, 1, "x"));
        }
        store.append(batch, null);
        if (round % 3 == 2) {
          var removed = store.remove(letter -> letter.event().origin().contains(".5:"));
          appended -= removed.letters();
        }
      }
      long all = kept().stream().mapToLong(Letter::count).sum();
      assertThat(counted().values().stream().mapToLong(Long::longValue).sum() + all)
          .isEqualTo(appended);
      assertThat(store.remove(letter -> true).letters()).isPositive();
    }
    assertThat(bytesOf(LetterSegments.files(path()))).isZero();
    Holders holders = new Holders(path(), new LetterSegments(path()));
    holders.sync();
    assertThat(holders.held()).isEmpty();
  }

  /** The same lines give the same names, whenever they are counted, and all of them are found. */
  @Test
  void anAccountFindsEachLineThatItHasCounted() throws Exception {
    try (LetterStore store = new LetterStore(path(), limits(1 << 22))) {
      for (int i = 0; i < 400; i++) {
        store.append(letters("udp://10.0." + i / 200 + "." + i % 200 + ":1", i + 1, 1, "x"), null);
      }
      long unused = store.settle();
    }
    Path file = folder.resolve("letters.1.ndjson");
    Account account = Account.of(file);
    assertThat(account.held()).hasSize(Account.MOST_NAMES + 1).containsKey("other addresses");
    Map<String, Long> found = new HashMap<>();
    boolean unused =
        FileLines.each(
            file,
            (bytes, from, to) ->
                found.merge(
                        account.name(OriginGroups.ofLine(bytes, from, to)),
                        to - from + 1L,
                        Long::sum)
                    > 0);
    assertThat(found).isEqualTo(account.held());
  }

  @Test
  void filesThatWereMovedAwayCountForNobody() throws Exception {
    long most = 1 << 18;
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    try (LetterStore store = new LetterStore(path(), limits(most))) {
      for (int i = 0; i < 500; i++) {
        store.append(letters("/large", i + 1, 1, "x"), null);
      }
      long unused = store.settle();
      for (Path file : new LetterSegments(path()).archived()) {
        Files.move(file, elsewhere.resolve(file.getFileName()));
      }
      int other = 0;
      while (counted().isEmpty()) {
        store.append(letters("/other", ++other, 1, "x"), null);
      }
      assertThat(counted()).containsOnlyKeys("/other");
      long left = bytesOf(LetterSegments.files(path()));
      assertThat(left).isBetween(most - most / 8, most);
    }
  }

  @Test
  void aFileThatKeepsAllItsLinesIsOnlyRead() throws Exception {
    write("letters.1.ndjson", 50, "/a");
    Path file = folder.resolve("letters.1.ndjson");
    var before = Files.getLastModifiedTime(folder);
    assertThat(Rewrite.of(file, (bytes, from, to) -> true)).isNull();
    assertThat(Files.getLastModifiedTime(folder)).isEqualTo(before);
    assertThat(names()).containsExactly("letters.1.ndjson");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 24, 49, -1})
  void aCopyLacksTheLinesThatGoAndNothingElse(int gone) throws Exception {
    write("letters.1.ndjson", 50, "/a");
    Path file = folder.resolve("letters.1.ndjson");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    var age = java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(file, age);
    int[] line = {0};
    Rewrite copy = Rewrite.of(file, (bytes, from, to) -> gone >= 0 && line[0]++ != gone);
    copy.replace();
    if (gone < 0) {
      assertThat(names()).isEmpty();
    } else {
      lines.remove(gone);
      assertThat(Files.readAllLines(file)).isEqualTo(lines);
      assertThat(copy.left()).isEqualTo(Files.size(file));
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(age);
      assertThat(names()).containsExactly("letters.1.ndjson");
    }
  }

  /** Each pass writes a file at most once again, however many have to give. */
  @Test
  void manyVictimsPayInOnePass() throws Exception {
    long most = 1 << 20;
    try (LetterStore store = new LetterStore(path(), limits(most))) {
      int i = 0;
      while (counted().isEmpty()) {
        store.append(letters("/" + i % 40, ++i, 1, "x".repeat(100)), null);
      }
    }
    assertThat(counted()).hasSizeGreaterThan(30); // all alike, and all of them in the first file
  }

  /** Whoever appends waits for one file, and not for all that are purged. */
  @Test
  void anAppendGetsInBetweenTwoFilesOfAPurge() throws Exception {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (LetterStore store = new LetterStore(path(), limits(1 << 22))) {
      for (int i = 0; i < 4; i++) {
        store.append(letters("/a", i + 1, 1, "old"), null);
        long unused = store.settle();
      }
      Thread writer =
          new Thread(
              () -> {
                try {
                  store.append(letters("/b", 9, 1, "new"), null);
                } catch (IOException e) {
                  failure.set(e);
                }
              });
      List<Boolean> wasThere = new ArrayList<>();
      var removed =
          store.remove(
              letter -> {
                if (wasThere.isEmpty()) {
                  writer.start();
                  await().atMost(LONG).until(() -> store.waiting() == 1);
                }
                wasThere.add(isThere("new"));
                return letter.event().toString().equals("old");
              });
      writer.join();
      assertThat(removed.letters()).isEqualTo(4);
      assertThat(wasThere).containsExactly(false, true, true, true);
    }
    assertThat(failure.get()).isNull();
    assertThat(kept()).hasSize(1);
  }

  private boolean isThere(String text) {
    try {
      return Files.readString(path()).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The sums cannot be written, as on a full disk, when letters are to go. */
  @Test
  void whatCouldNotBeDroppedIsNotCounted() throws Exception {
    try (LetterStore store = new LetterStore(path(), KilledLetters.LIMITS)) {
      Path obstacle = folder.resolve("letters.ndjson.sums.tmp");
      Files.createDirectories(obstacle.resolve("not empty"));
      int appended = 0;
      int failed = 0;
      while (failed < 3) {
        try {
          store.append(letters("/a", appended + 1, 1, "x"), null);
          appended++;
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("sums");
          failed++;
        }
      }
      assertThat(counted()).isEmpty();
      assertThat(kept()).hasSize(appended);
      assertThat(names()) // nobody knows what the sums on disk say of it
          .filteredOn(name -> name.matches("letters\\.\\d+\\.ndjson\\..*"))
          .hasSizeLessThanOrEqualTo(1);

      Files.delete(obstacle.resolve("not empty"));
      Files.delete(obstacle);
      for (int i = 0; i < 50; i++) {
        store.append(letters("/a", ++appended, 1, "x"), null);
      }
      assertThat(counted().get("/a") + kept().size()).isEqualTo(appended);
      assertThat(names()).noneMatch(name -> name.matches("letters\\.\\d+\\.ndjson\\..*"));
    }
  }

  /** Halted wherever letters go or are counted: each is there or counted, and never both. */
  @Test
  void whatIsDroppedIsCountedOnceAlsoWhenWeAreKilled() throws Exception {
    int from = 0;
    for (String place : List.of("letters-counted:9", "letters-dropped:2", "after-rename:3")) {
      from += run(place, from); // each goes on where the one before was halted
      List<String> halted = names();
      try (LetterStore store = new LetterStore(path(), KilledLetters.LIMITS)) {
        long sum = counted().values().stream().mapToLong(Long::longValue).sum();
        assertThat(sum + kept().size()).as(place).isBetween((long) from, from + 1L);
        from = (int) sum + kept().size();
        assertThat(store.nextNumber()).isGreaterThan(kept().get(kept().size() - 1).number());
      }
      assertThat(names()).noneMatch(name -> name.matches("letters\\.\\d+\\.ndjson\\..*"));
      if (place.startsWith("letters-counted")) {
        assertThat(halted).anyMatch(name -> name.matches("letters\\.\\d+\\.ndjson\\..*\\.tmp"));
      }
    }
    assertThat(counted()).isNotEmpty();
  }

  /** The same at each time that such a place is reached: the folder as a kill would leave it. */
  @Test
  void whatIsDroppedIsCountedOnceWheneverWeAreKilled() throws Exception {
    Set<String> places =
        Set.of(
            "letters-counted",
            "letters-replaced",
            "letters-dropped",
            "before-rename",
            "after-rename");
    Map<String, Integer> reached = new TreeMap<>();
    int[] appended = {0};
    boolean[] judging = {false};
    try (LetterStore store = new LetterStore(path(), KilledLetters.LIMITS)) {
      for (; appended[0] < 60; appended[0] += 10) {
        List<DeadLetter> batch = new ArrayList<>();
        for (int i = appended[0]; i < appended[0] + 10; i++) {
          batch.addAll(letters(i % 3 == 0 ? "/a" : "tcp://192.0.2.1:9", i + 1L, 1, "x"));
        }
        store.append(batch, null);
      }
      CrashPoint.listen(
          place -> {
            if (!judging[0]
                && places.contains(place)
                && reached.merge(place, 1, Integer::sum) < 7) {
              judging[0] = true; // the next store reaches such places, too
              judgeWhatAKillLeaves(place, appended[0]);
              judging[0] = false;
            }
          });
      for (int i = 0; i < 12; i++) {
        store.append(letters(i % 3 == 0 ? "/a" : "/b", 100 + i, 1, "x"), null);
        appended[0]++;
      }
    } finally {
      CrashPoint.listen(null);
    }
    assertThat(reached.keySet()).isEqualTo(new java.util.TreeSet<>(places));
  }

  private void judgeWhatAKillLeaves(String place, int appended) {
    try {
      Path left = Files.createTempDirectory(folder, "killed").resolve(path().getFileName());
      try (var files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          Path unused = Files.copy(file, left.resolveSibling(file.getFileName()));
        }
      }
      try (LetterStore store = new LetterStore(left, KilledLetters.LIMITS)) {
        assertThat(store.path()).isEqualTo(left);
      }
      long sum = Sums.read(left).stream().mapToLong(Sums.Sum::count).sum();
      List<Letter> kept = new ArrayList<>();
      new LetterFolder(left).each(kept::add);
      assertThat(sum + kept.size()).as(place).isBetween((long) appended, appended + 1L);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Writes letters until it is halted; tells how many it has said to be written. */
  private int run(String place, int from) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Ddev.camelsiem.crash=" + place,
                "-cp",
                System.getProperty("java.class.path"),
                KilledLetters.class.getName(),
                path().toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(CrashPoint.EXIT_CODE);
    return (int) out.lines().filter(line -> line.startsWith("written ")).count();
  }

  @Test
  void theStartDeletesItsOwnCopiesAlone() throws Exception {
    for (String name :
        List.of(
            "letters.3.ndjson.0123456789abcdef.tmp",
            "letters.3.ndjson.tmp",
            "letters.tmp",
            "letters.x.ndjson.tmp",
            "other.3.ndjson.tmp",
            "letters.3.log.tmp")) {
      Files.writeString(folder.resolve(name), "x");
    }
    try (LetterStore store = new LetterStore(path(), limits(1 << 20))) {
      assertThat(store.nextNumber()).isEqualTo(1);
    }
    assertThat(names())
        .contains("letters.tmp", "letters.x.ndjson.tmp", "other.3.ndjson.tmp", "letters.3.log.tmp")
        .noneMatch(name -> name.startsWith("letters.3.ndjson"));
  }

  @Test
  void whatIsClosedStaysClosed() throws Exception {
    LetterStore store = new LetterStore(path(), limits(1 << 20));
    store.append(letters("/a", 1, 1, "x"), null);
    store.close();
    Files.delete(path());
    assertThatThrownBy(() -> store.append(letters("/a", 2, 1, "x"), null))
        .hasMessageContaining("closed");
    assertThatThrownBy(store::settle).hasMessageContaining("closed");
    assertThatThrownBy(store::nextNumber).hasMessageContaining("closed");
    assertThatThrownBy(store::removeSums).hasMessageContaining("closed");
    assertThatThrownBy(store::checkOpen).hasMessageContaining("closed");
    assertThatThrownBy(() -> store.remove(letter -> true)).hasMessageContaining("closed");
    assertThat(path()).doesNotExist();
    try (LetterStore next = new LetterStore(path(), limits(1 << 20))) {
      next.append(letters("/a", 3, 1, "next"), null);
    }
    assertThat(kept()).hasSize(1);
  }

  private Map<String, Long> counted() throws IOException {
    Map<String, Long> counted = new TreeMap<>();
    Sums.read(path()).forEach(sum -> counted.merge(sum.key().origin(), sum.count(), Long::sum));
    return counted;
  }

  private List<Letter> kept() throws IOException {
    List<Letter> letters = new ArrayList<>();
    new LetterFolder(path()).each(letters::add);
    return letters;
  }

  private void write(String name, int count, String origin) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      var dead = LetterStoreTest.letters(origin, i + 1, 1, "x" + i).get(0);
      Letter letter = new Retries().letter(dead, i + 1, java.time.Instant.EPOCH, null);
      text.append(new String(LetterJson.line(letter), StandardCharsets.UTF_8));
    }
    Files.writeString(folder.resolve(name), text);
  }

  private static long bytesOf(List<Path> files) {
    return files.stream().mapToLong(file -> file.toFile().length()).sum();
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
