package dev.camelsiem.letters;

import static dev.camelsiem.letters.LetterStoreTest.letters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.durable.CrashPoint;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.letters.LetterLimits.WhenFull;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of letters and of their account when disk, descriptors or files are not right. */
class LetterTroubleTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int VICTIM_EVERY = 20;
  private static final int BATCH = 6;

  @TempDir Path folder;

  @AfterEach
  void nobodyListens() {
    CrashPoint.listen(null);
    boolean unused = Thread.interrupted();
  }

  private Path path() {
    return folder.resolve("letters.ndjson");
  }

  private static LetterLimits limits(long maxBytes) {
    return new LetterLimits(
        maxBytes,
        Math.max(1, maxBytes / 16),
        WhenFull.dropOldest,
        1 << 30,
        Duration.ofDays(1),
        Duration.ofDays(30));
  }

  /** One origin has most and little in each file, so that a pass takes several files. */
  static int appendThinly(LetterStore store, int number) throws IOException {
    List<DeadLetter> batch = new ArrayList<>();
    for (int i = number; i < number + BATCH; i++) {
      String origin = i % VICTIM_EVERY == 0 ? "/victim" : "/" + i % 61;
      batch.addAll(letters(origin, i + 1L, 1, "x".repeat(40)));
    }
    store.append(batch, null);
    return number + BATCH;
  }

  /** A healthy file that could not be opened for a while is no damaged one. */
  @Test
  void filesStayWhereTheyAreWhenDescriptorsAreShort() throws Exception {
    List<String> command =
        List.of(
            "bash",
            "-c",
            "ulimit -n 200; exec \"$@\"",
            "bash",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StarvedLetters.class.getName(),
            path().toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(names()).as(out).noneMatch(name -> name.contains("damaged"));
    assertThat(out).contains("Too many open files");
    String appended = out.lines().filter(line -> line.startsWith("appended ")).findFirst().get();
    assertThat(counted() + kept().size()).isEqualTo(Integer.parseInt(appended.substring(9)));
  }

  /** Also for one who is there for good, as a file of another user: it counts, and is not lost. */
  @Test
  void aFileThatCannotBeOpenedCountsAndGivesNothing() throws Exception {
    write("letters.1.ndjson", 20);
    Holders holders = new Holders(path(), new LetterSegments(path()));
    holders.sync();
    Path file = folder.resolve("letters.1.ndjson");
    holders.notOpened(file, new NotOpenedException(file, new IOException("Permission denied")));
    assertThat(holders.bytes()).isEqualTo(Files.size(file));
    assertThat(holders.held()).isEmpty();
    assertThat(holders.of(file)).isNull();
    holders.sync(); // as soon as it can be opened
    assertThat(holders.held()).containsOnlyKeys("/a");
  }

  /** Interrupted right behind a rename, which is when a sync of the folder fails. */
  @ParameterizedTest
  @CsvSource({
    "letters-replaced, 1", "letters-replaced, 3", "after-rename, 1", "after-rename, 2",
    "after-rename, 5", "before-rename, 1", "before-rename, 4", "letters-counted, 2"
  })
  void whatFailsBehindARenameIsCountedOnce(String place, int time) throws Exception {
    int[] reached = {0};
    CrashPoint.listen(
        name -> {
          if (name.equals(place) && ++reached[0] == time) {
            Thread.currentThread().interrupt();
          }
        });
    int appended = 0;
    int after = 0;
    List<Integer> afterFailure = new ArrayList<>();
    try (LetterStore store = new LetterStore(path(), KilledLetters.LIMITS)) {
      List<DeadLetter> first = new ArrayList<>();
      for (; appended < 40; appended++) {
        first.addAll(letters(appended % 3 == 0 ? "/a" : "/b", appended + 1L, 1, "x"));
      }
      store.append(first, null);
      while (reached[0] < time || after++ < 12) {
        try {
          store.append(letters(appended % 3 == 0 ? "/a" : "/b", appended + 1L, 1, "x"), null);
          appended++;
        } catch (IOException e) {
          assertThat(Thread.interrupted()).isTrue();
        }
        if (Thread.interrupted() || reached[0] == time && afterFailure.isEmpty()) {
          Path copy = copyOfAll("crashed"); // as a kill would leave it now
          try (LetterStore next = new LetterStore(copy, KilledLetters.LIMITS)) {
            assertThat(next.path()).isEqualTo(copy);
          }
          afterFailure.add(countedAt(copy) + keptAt(copy).size() - appended);
        }
      }
      assertThat(counted() + kept().size()).isEqualTo(appended);
    }
    assertThat(afterFailure).isNotEmpty().allMatch(more -> more == 0);
    assertThat(counted()).isPositive();
    assertThat(names()).noneMatch(name -> name.matches("letters\\.\\d+\\.ndjson\\..*"));
  }

  /** The sums cannot be replaced while there is still room for letters. */
  @Test
  void aPassThatCannotGoOnMakesNoFileForEachLetter() throws Exception {
    long most = 1 << 20;
    try (LetterStore store = new LetterStore(path(), limits(most))) {
      int appended = 0;
      while (bytesOf(LetterSegments.files(path())) < most - most / 64 - 1_000) {
        store.append(letters("/a", ++appended, 50, "x".repeat(100 + appended % 50)), null);
      }
      Path obstacle = folder.resolve("letters.ndjson.sums.tmp");
      Files.createDirectories(obstacle.resolve("not empty"));
      int files = new LetterSegments(path()).archived().size();
      for (int i = 0; i < 30; i++) {
        store.append(letters("/a", ++appended, 1, "x"), null);
      }
      assertThat(new LetterSegments(path()).archived()).hasSizeLessThanOrEqualTo(files + 1);
    }
  }

  /** Its reason is gone as soon as somebody has purged the rest. */
  @Test
  void aPassEndsWhenThereIsRoomAgain() throws Exception {
    long most = 1 << 18;
    try (LetterStore store = new LetterStore(path(), limits(most))) {
      int number = 0;
      while (counted() == 0) {
        number = appendThinly(store, number);
      }
      long dropped = counted();
      var unused = store.remove(letter -> !letter.event().origin().equals("/victim"));
      int left = kept().size();
      for (int i = 0; i < 10; i++) {
        store.append(letters("/other", 5_000 + i, 1, "x"), null);
      }
      assertThat(counted()).isEqualTo(dropped);
      assertThat(kept()).hasSize(left + 10);
    }
  }

  /** While there is room, letters in the queue do not wait for those before them to make more. */
  @Test
  void manyWhoWaitDoNotWaitForAFileEach() throws Exception {
    long most = 1 << 18;
    int waiters = 4;
    ExecutorService threads = Executors.newFixedThreadPool(waiters);
    List<Future<?>> writers = new ArrayList<>();
    List<Integer> countedAtEachFile = new ArrayList<>();
    try (LetterStore store = new LetterStore(path(), limits(most))) {
      int number = 0;
      while (bytesOf(LetterSegments.files(path())) + 2_400 <= most - most / 64) {
        number = appendThinly(store, number);
      }
      while (bytesOf(LetterSegments.files(path())) + 700 <= most - most / 64) {
        store.append(letters("/victim", ++number, 1, "x"), null);
      }
      int from = number;
      int before = counted();
      Path first = new LetterSegments(path()).archived().get(0);
      var unused =
          store.remove(
              letter -> {
                if (writers.isEmpty()) {
                  for (int i = 0; i < waiters; i++) {
                    int mine = from + i;
                    Callable<Void> writing = () -> append(store, mine);
                    writers.add(threads.submit(writing));
                  }
                  await().atMost(LONG).until(() -> store.waiting() == waiters);
                }
                countedAtEachFile.add(counts());
                return false;
              });
      for (Future<?> writer : writers) {
        Object none = writer.get();
        assertThat(none).isNull();
      }
      assertThat(first).exists();
      int letters = keptAt(first).size();
      // All of them had their turn between the first file and the second.
      assertThat(countedAtEachFile.get(letters)).isEqualTo(before);
      assertThat(kept().size()).isEqualTo(number + waiters);
    } finally {
      threads.shutdown();
    }
  }

  private static Void append(LetterStore store, int number) throws IOException {
    store.append(letters("/new", number + 1L, 1, "x".repeat(500)), null); // near the limit
    return null;
  }

  private int counts() {
    try {
      return counted();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The member with the damage, and what stands there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sampleBase64\":\"Y*==\"",
        "\"firstTime\":\"x\"",
        "\"file\":\"\\u0000\",\"copy\":\"\\u0000\"",
        "\"file\":\"a\",\"copy\":\"a\\u0000b\",\"left\":7"
      })
  void aDamagedLineAmongTheSumsRefusesNoStart(String member) throws Exception {
    String sum =
        "{\"sum\":true,\"why\":\"share\",\"reason\":\"malformed\",\"stage\":\"s\",\"origin\":\"/a\",\"count\":5,"
            + "\"bytes\":5,%s\"lastTime\":\"2026-11-22T10:15:30Z\"%s}\n";
    String time = "\"firstTime\":\"2026-11-22T10:15:30Z\",";
    String damaged =
        sum.formatted(member.contains("firstTime") ? member + "," : time, "," + member);
    Files.writeString(
        folder.resolve("letters.ndjson.sums"),
        damaged + sum.formatted(time, "").replace("/a", "/b"));
    assertThat(Sums.read(path())).extracting(each -> each.key().origin()).containsExactly("/b");
    try (LetterStore store = new LetterStore(path(), limits(1 << 20))) {
      store.append(letters("/a", 1, 1, "x"), null);
    }
    assertThat(kept()).hasSize(1);
  }

  /** The file that is written, not a full one. */
  @Test
  void aDamagedCurrentFileIsPutAsideAndRefusesNoStart() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
      file.setLength(65 << 20); // no line feed in all of it but the last
      file.seek(file.length());
      file.write('\n');
    }
    try (LetterStore store = new LetterStore(path(), limits(1 << 30))) {
      store.append(letters("/a", 1, 1, "x"), null);
    }
    assertThat(folder.resolve("letters.1.ndjson.damaged")).isRegularFile();
    assertThat(kept()).extracting(Letter::number).containsExactly(4_294_967_297L);
  }

  /** As a folder that root made: nobody knows which numbers it has given. */
  @Test
  void requestsThatCannotBeListedRefuseNoStart() throws Exception {
    Path requests = Files.createDirectories(folder.resolve("letters.ndjson.requests"));
    Files.createDirectory(requests.resolve("1.request")); // a request that is a folder
    Files.createDirectory(requests.resolve("1.request.state"));
    try (LetterStore store = new LetterStore(path(), limits(1 << 20))) {
      assertThat(store.nextNumber()).isPositive();
    }
  }

  /** An old letter that is dropped today was dropped today. */
  @Test
  void whatWasDroppedIsRememberedFromThenOn() throws Exception {
    Letter old = new Retries().letter(letters("/a", 1, 1, "x").get(0), 1, Instant.EPOCH, null);
    Sums sums = new Sums(path());
    sums.add(Room.DROPPED, old, "/a");
    sums.forgetOlderThan(Duration.ofDays(30));
    assertThat(sums.snapshot()).hasSize(1);
    sums.save();
    Sums next = new Sums(path());
    next.recover();
    next.forgetOlderThan(Duration.ofDays(30));
    assertThat(next.snapshot())
        .singleElement()
        .satisfies(sum -> assertThat(sum.lastTime()).isEqualTo(Instant.EPOCH));
    next.forget(Instant.now().plusSeconds(60));
    assertThat(next.snapshot()).isEmpty();
  }

  @Test
  void aDamagedLineThatIsDroppedIsCounted() throws Exception {
    write("letters.1.ndjson", 40);
    Path file = folder.resolve("letters.1.ndjson");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(0, lines.get(0).replace("\"id\":", "\"ix\":"));
    Files.write(file, lines, StandardOpenOption.TRUNCATE_EXISTING);
    long most = 1 << 16;
    int appended = 0;
    try (LetterStore store = new LetterStore(path(), limits(most))) {
      while (counted() == 0) {
        store.append(letters("/a", 100 + appended++, 1, "x"), null);
      }
    }
    assertThat(counted() + kept().size()).isEqualTo(40 + appended);
    assertThat(Sums.read(path())).extracting(sum -> sum.key().reason()).contains("unreadable");
  }

  private void write(String name, int count) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Letter letter =
          new Retries()
              .letter(letters("/a", i + 1L, 1, "x" + i).get(0), i + 1L, Instant.EPOCH, null);
      text.append(new String(LetterJson.line(letter), StandardCharsets.UTF_8));
    }
    Files.writeString(folder.resolve(name), text);
  }

  private Path copyOfAll(String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    try (var files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path unused = Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy.resolve(path().getFileName());
  }

  private int counted() throws IOException {
    return countedAt(path());
  }

  private static int countedAt(Path path) throws IOException {
    return (int) Sums.read(path).stream().mapToLong(Sums.Sum::count).sum();
  }

  private List<Letter> kept() throws IOException {
    return keptAt(path());
  }

  private static List<Letter> keptAt(Path path) throws IOException {
    List<Letter> letters = new ArrayList<>();
    new LetterFolder(path).each(letters::add);
    return letters;
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
