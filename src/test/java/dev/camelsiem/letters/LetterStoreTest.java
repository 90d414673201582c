package dev.camelsiem.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.letters.LetterLimits.WhenFull;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of dead letters, what is counted, and what is dropped, on real files. */
class LetterStoreTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("letters.ndjson");
  }

  private static LetterLimits limits(long maxBytes, long originBytes) {
    return new LetterLimits(
        maxBytes,
        Math.max(1, maxBytes / 16),
        WhenFull.dropOldest,
        originBytes,
        Duration.ofDays(1),
        Duration.ofDays(30));
  }

  @Test
  void aLetterIsReadAsItWasWritten() throws Exception {
    byte[] raw = "xx\u00e9\n\"|\u2028yy".getBytes(StandardCharsets.UTF_8);
    RawEvent event =
        new RawEvent(raw, 2, raw.length - 2, "/var/log/a.log", 4_711, 1_000, 0xabcL, 2);
    DeadLetter dead =
        new DeadLetter(event, StopReason.NO_RULE_MATCHED, "none", "normalize")
            .by("PT_Rule", "v7")
            .only(List.of("soc", "audit"));
    try (LetterStore store = new LetterStore(path(), limits(1 << 20, 1 << 20))) {
      store.append(List.of(dead), "my-route");
    }

    Letter letter = letters().get(0);
    assertThat(letter.number()).isEqualTo(1);
    assertThat(letter.attempts()).isEqualTo(1);
    assertThat(letter.firstTime()).isEqualTo(letter.time());
    assertThat(letter.event().id()).isEqualTo(event.id());
    assertThat(letter.event().toBytes()).isEqualTo(event.toBytes());
    assertThat(letter.event().origin()).isEqualTo("/var/log/a.log");
    assertThat(letter.event().receivedAt()).isEqualTo(1_000);
    assertThat(letter.reason()).isEqualTo("no_rule_matched");
    assertThat(letter.rule()).isEqualTo("PT_Rule");
    assertThat(letter.ruleSet()).isEqualTo("v7");
    assertThat(letter.integrations()).containsExactly("soc", "audit");
    assertThat(letter.route()).isEqualTo("my-route");
    assertThat(letter.cut()).isNull();
  }

  /** Old letters that nobody can read must not keep sources from starting. */
  @Test
  void aDamagedFileStaysAsideAndTakesNobodysNumbers() throws Exception {
    RawEvent event = RawEvent.of("x", "/var/log/a.log", 1);
    DeadLetter dead = new DeadLetter(event, StopReason.MALFORMED, "bad", "cef");
    Path damaged = folder.resolve("letters.1.ndjson");
    try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
      file.setLength(65 << 20); // no line feed in all of it
    }
    try (LetterStore store = new LetterStore(path(), limits(1 << 30, 1 << 20))) {
      store.append(List.of(dead), null);
    }
    assertThat(damaged).doesNotExist();
    assertThat(Files.size(folder.resolve("letters.1.ndjson.damaged"))).isEqualTo(65 << 20);
    assertThat(letters()).extracting(Letter::number).containsExactly(4_294_967_297L);
  }

  @Test
  void whatTheVersionBeforeHasWrittenIsRead() throws Exception {
    Files.writeString(
        path(),
        """
        {"time":"2026-11-22T10:15:30.123Z","id":"3fa9c1d27b8e4410-3","reason":"malformed","detail":"not JSON","place":"siem-http-source","origin":"http://192.0.2.1:40000","position":3,"receivedAt":"2026-11-22T10:15:30.101Z","raw":"{\\"id\\":"}
        somebody's own line
        {"time":"2026-11-22T10:15:30.123Z","id":"3fa9c1d27b8e4410-ffffffffffffffff.2","reason":"invalid_encoding","detail":"","place":"cef","origin":"a","position":-1,"receivedAt":"2026-11-22T10:15:30.101Z","rawBase64":"Yf8A"}
        """);

    List<Letter> letters = letters();

    assertThat(letters).hasSize(2);
    assertThat(letters.get(0).name()).isEqualTo("3fa9c1d27b8e4410-3");
    assertThat(letters.get(0).stage()).isEqualTo("siem-http-source");
    assertThat(letters.get(0).event().id()).hasToString("3fa9c1d27b8e4410-3");
    assertThat(letters.get(1).event().id())
        .isEqualTo(new EventId(0x3fa9c1d27b8e4410L, -1, 2))
        .hasToString("3fa9c1d27b8e4410-ffffffffffffffff.2");
    assertThat(letters.get(1).event().toBytes()).containsExactly('a', 0xff, 0);
  }

  /** Else nobody could ever make room for it, and its source would stand still for good. */
  @Test
  void aBatchLargerThanTheLimitIsKeptAloneWhereNothingIsDropped() throws Exception {
    LetterLimits refusing =
        new LetterLimits(
            10_000, 1_000, WhenFull.refuse, 1_000, Duration.ofDays(1), Duration.ofDays(30));
    List<DeadLetter> large = letters("tcp://192.0.2.1:1", 1, 30, "\0".repeat(2_000));
    try (LetterStore store = new LetterStore(path(), refusing)) {
      store.append(large, null);
      assertThatThrownBy(() -> store.append(large, null)).hasMessageContaining("full");
      assertThatThrownBy(() -> store.append(large.subList(0, 1), null))
          .hasMessageContaining("full");
      assertThat(store.remove(letter -> true).letters()).isPositive();
      store.append(large, null);
    }
    assertThat(letters().stream().mapToInt(Letter::count).sum()).isEqualTo(30);
  }

  @Test
  void manySideBySideAreOneLetterAndComeBackWithTheirIds() throws Exception {
    List<DeadLetter> flood = letters("tcp://192.0.2.1:40000", 0xbeefL, 1_000, "x");
    try (LetterStore store = new LetterStore(path(), limits(1 << 20, 1 << 20))) {
      store.append(flood, null);
    }

    List<Letter> letters = letters();

    assertThat(letters).hasSize(2);
    assertThat(letters).allSatisfy(letter -> assertThat(letter.count()).isEqualTo(500));
    assertThat(letters.stream().flatMap(letter -> letter.events().stream()).map(RawEvent::id))
        .isEqualTo(flood.stream().map(letter -> letter.event().id()).toList());
    assertThat(letters.get(0).events()).allSatisfy(event -> assertThat(event).hasToString("x"));
    assertThat(Files.size(path())).isLessThan(20_000);
  }

  /** The stretch of one request's lines, or of one array's elements, as sources sum them up. */
  @Test
  void aStretchComesBackWithTheIdsThatItsEventsHad() {
    byte[] array = "[{\"a\":1},\n 2,[3,4],\"five\"]".getBytes(StandardCharsets.UTF_8);
    List<RawEvent> elements =
        dev.camelsiem.flow.cef.EventSplitter.split(array, "http://192.0.2.1:1", 0);
    RawEvent second = elements.get(1);
    RawEvent last = elements.get(3);
    RawEvent stretch =
        new RawEvent(
            array,
            second.from(),
            last.to(),
            second.origin(),
            second.position(),
            0,
            second.source(),
            second.element());
    assertThat(ids(stretch, 3)).isEqualTo(ids(elements.subList(1, 4)));

    byte[] text = "{}\nx y\n\n{\"b\":[1,2]}\n".getBytes(StandardCharsets.UTF_8);
    List<RawEvent> lines =
        dev.camelsiem.flow.cef.EventSplitter.split(text, "http://192.0.2.1:1", 0);
    RawEvent first = lines.get(0);
    RawEvent all =
        new RawEvent(
            text,
            0,
            lines.get(2).to(),
            first.origin(),
            first.position(),
            0,
            first.source(),
            first.element());
    assertThat(ids(all, 3)).isEqualTo(ids(lines));
  }

  private static List<EventId> ids(RawEvent stretch, int count) {
    DeadLetter dead = new DeadLetter(stretch, StopReason.MALFORMED, "", "http", count);
    Letter letter = new Retries().letter(dead, 1, Instant.EPOCH, null);
    assertThat(LetterEvents.refusal(letter)).isEmpty();
    return ids(letter.events());
  }

  private static List<EventId> ids(List<RawEvent> events) {
    return events.stream().map(RawEvent::id).toList();
  }

  @Test
  void whatIsTooLongIsKeptInPartWithItsLengthAndChecksum() throws Exception {
    byte[] raw = new byte[RawCut.MOST + 1];
    java.util.Arrays.fill(raw, (byte) 'a');
    RawEvent event = new RawEvent(raw, 0, raw.length, "/a", 0, 0);
    try (LetterStore store = new LetterStore(path(), limits(1 << 24, 1 << 24))) {
      store.append(List.of(new DeadLetter(event, StopReason.TOO_LARGE, "", "x")), null);
    }

    Letter letter = letters().get(0);
    assertThat(letter.event().length()).isEqualTo(RawCut.KEPT);
    assertThat(letter.cut().length()).isEqualTo(raw.length);
    assertThat(letter.cut().sha256())
        .isEqualTo(
            java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(raw)));
    assertThat(LetterEvents.refusal(letter)).isEqualTo("only its first bytes were kept");
  }

  @Test
  void whatAnOriginSendsBeyondItsShareIsCountedAndOthersAreKept() throws Exception {
    try (LetterStore store = new LetterStore(path(), limits(1 << 20, 20_000))) {
      for (int i = 0; i < 1_000; i++) {
        store.append(letters("tcp://192.0.2.1:" + (40_000 + i), i + 1, 19, "x"), null);
        if (i % 100 == 0) {
          store.append(letters("/var/log/honest.log", 1, 1, "bad " + i), null);
        }
      }
    }

    List<Letter> letters = letters();
    assertThat(letters)
        .filteredOn(letter -> letter.event().origin().equals("/var/log/honest.log"))
        .hasSize(10);
    long kept = letters.stream().mapToLong(Letter::count).sum() - 10;
    List<Sums.Sum> sums = Sums.read(path());
    assertThat(sums).hasSize(1);
    assertThat(sums.get(0).key())
        .isEqualTo(new Sums.Key("share", "malformed", "test", "tcp://192.0.2.1"));
    assertThat(sums.get(0).sample()).asString().isEqualTo("x");
    assertThat(sums.get(0).count() + kept).isEqualTo(19_000);
    assertThat(bytesOfAll()).isLessThan(40_000);
  }

  @Test
  void sumsGoOnAfterARestart() throws Exception {
    for (int run = 0; run < 3; run++) {
      try (LetterStore store = new LetterStore(path(), limits(1 << 20, 1))) {
        store.append(letters("/a", 1, 7, "x"), null);
      }
    }
    assertThat(Sums.read(path()))
        .singleElement()
        .satisfies(s -> assertThat(s.count()).isEqualTo(21));
  }

  @Test
  void nothingWrittenIsNoNewFile() throws Exception {
    try (LetterStore store = new LetterStore(path(), limits(1 << 20, 1 << 20))) {
      store.append(letters("/a", 1, 1, "x"), null);
      for (int i = 0; i < 3; i++) {
        assertThat(store.settle()).isEqualTo(1);
      }
      Files.createFile(folder.resolve("letters.2.ndjson"));
      assertThat(store.remove(letter -> false).letters()).isZero();
    }
    assertThat(LetterSegments.files(path()))
        .containsExactly(folder.resolve("letters.1.ndjson"), path());
  }

  @Test
  void anInterruptedThreadEndsNobodyElsesLetters() throws Exception {
    try (LetterStore store = new LetterStore(path(), limits(1 << 20, 1 << 20))) {
      store.append(letters("/a", 1, 1, "first"), null);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.append(letters("/a", 2, 1, "stopped"), null))
          .isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
      store.append(letters("/a", 3, 1, "second"), null);
    } finally {
      boolean unused = Thread.interrupted();
    }
    assertThat(letters())
        .extracting(each -> each.event().toString())
        .containsExactly("first", "second");
  }

  /** The letter before counts as replayed: a sum in its place would lose the event. */
  @Test
  void whatFailsAgainIsKeptWithoutAShare() throws Exception {
    List<DeadLetter> again = letters("/a", 1, 30, "again");
    try (LetterStore store = new LetterStore(path(), limits(1 << 20, 1))) {
      Map<EventId, Retries.Before> batch =
          Map.of(again.get(0).event().id(), new Retries.Before(Instant.EPOCH, 1));
      store.retries().begin(batch);
      store.append(again, null);
      store.retries().end(batch);
      store.append(letters("/a", 2, 7, "fresh"), null);
    }
    assertThat(letters()).singleElement().satisfies(each -> assertThat(each.count()).isEqualTo(30));
    assertThat(Sums.read(path()))
        .singleElement()
        .satisfies(s -> assertThat(s.count()).isEqualTo(7));
  }

  /** A million sources: names of few are known, and all together stay within the quota. */
  @ParameterizedTest
  @ValueSource(ints = {200, 5_000})
  void manyOriginsShareWhatIsLeft(int addresses) throws Exception {
    long most = 1 << 18;
    try (LetterStore store = new LetterStore(path(), limits(most, most / 8))) {
      for (int i = 0; i < 60; i++) { // more than any one of the addresses has
        store.append(letters("/var/log/honest.log", i + 1, 1, "bad " + i), null);
      }
      for (int i = 0; i < 5_000; i += 100) {
        List<DeadLetter> batch = new ArrayList<>();
        for (int event = i; event < i + 100; event++) {
          int k = event % addresses;
          batch.addAll(
              letters(
                  "udp://10." + (k >> 16) + "." + (k >> 8 & 255) + "." + (k & 255) + ":9",
                  event,
                  1,
                  "x"));
        }
        store.append(batch, null);
      }
    }
    assertThat(bytesOfAll()).isLessThanOrEqualTo(most);
    assertThat(letters())
        .filteredOn(letter -> letter.event().origin().equals("/var/log/honest.log"))
        .hasSize(60);
    long counted = Sums.read(path()).stream().mapToLong(Sums.Sum::count).sum();
    assertThat(counted + letters().stream().mapToLong(Letter::count).sum()).isEqualTo(5_060);
    assertThat(Sums.read(path())).hasSizeLessThan(600);
  }

  @Test
  void whenAllIsFullTheOldestOfTheLargestGo() throws Exception {
    long most = 1 << 17;
    try (LetterStore store = new LetterStore(path(), limits(most, 100 * most))) {
      store.append(letters("/honest", 1, 10, "first"), null);
      for (int i = 0; i < 800; i++) {
        store.append(letters("tcp://192.0.2.1:1", i + 2, 1, "flood " + i), null);
        assertThat(bytesOfAll()).isLessThanOrEqualTo(most);
      }
    }
    List<Letter> letters = letters();
    assertThat(letters).filteredOn(l -> l.event().origin().equals("/honest")).hasSize(10);
    assertThat(letters.get(letters.size() - 1).event()).hasToString("flood 799");
    long counted = Sums.read(path()).stream().mapToLong(Sums.Sum::count).sum();
    assertThat(counted + letters.size()).isEqualTo(810);
  }

  @Test
  void oldFilesGoAndTheNumbersGoOn() throws Exception {
    try (LetterStore store = new LetterStore(path(), limits(1 << 20, 1 << 20))) {
      store.append(letters("/a", 1, 3, "old"), null);
      assertThat(store.settle()).isEqualTo(3);
    }
    Files.setLastModifiedTime(
        folder.resolve("letters.1.ndjson"),
        FileTime.from(Instant.now().minus(Duration.ofDays(31))));
    try (LetterStore store = new LetterStore(path(), limits(1 << 20, 1 << 20))) {
      store.append(letters("/a", 2, 1, "new"), null);
    }
    assertThat(letters())
        .extracting(Letter::number, letter -> letter.event().toString())
        .containsExactly(org.assertj.core.groups.Tuple.tuple(4L, "new"));
  }

  /** While the pipeline writes, and while a reader reads. */
  @Test
  void purgingLosesNoLetterThatIsAppendedMeanwhile() throws Exception {
    try (LetterStore store = new LetterStore(path(), limits(1 << 22, 1 << 22))) {
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < 300; i++) {
                  try {
                    store.append(letters("/a", i + 1, 1, i % 2 == 0 ? "even" : "odd"), null);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                }
              });
      writer.start();
      while (writer.isAlive()) {
        var unused = store.remove(letter -> letter.event().toString().equals("even"));
      }
      writer.join();
      var unused = store.remove(letter -> letter.event().toString().equals("even"));
    }
    assertThat(letters()).hasSize(150).allMatch(letter -> letter.event().toString().equals("odd"));
  }

  private List<Letter> letters() throws IOException {
    List<Letter> letters = new ArrayList<>();
    new LetterFolder(path()).each(letters::add);
    return letters;
  }

  private long bytesOfAll() throws IOException {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  static List<DeadLetter> letters(String origin, long source, int count, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, count)
        .mapToObj(i -> new RawEvent(bytes, 0, bytes.length, origin, i + 1, 5, source, 0))
        .map(event -> new DeadLetter(event, StopReason.MALFORMED, "bad", "test"))
        .toList();
  }
}
