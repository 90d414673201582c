package dev.camelsiem.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import dev.camelsiem.letters.Letter.Shape;
import dev.camelsiem.letters.LetterLimits.WhenFull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the desk does with requests that are fine, wait, or are none. */
class LetterDeskTest {
  private static final LetterLimits LIMITS =
      new LetterLimits(
          1 << 24, 1 << 20, WhenFull.dropOldest, 1 << 20, Duration.ofDays(1), Duration.ofDays(30));

  @TempDir Path folder;
  private final List<RawEvent> delivered = new ArrayList<>();
  private boolean down;
  private Runnable atDelivery = () -> {};
  private LetterStore store;
  private Requests requests;

  private final ReplayTarget target =
      new ReplayTarget() {
        @Override
        public String route(Letter letter, @Nullable String wanted) throws NoWayException {
          if (String.valueOf(letter.route()).startsWith("gone")) {
            throw new NoWayException("no route " + letter.route());
          }
          return "route";
        }

        @Override
        public void deliver(String route, List<String> integrations, List<RawEvent> events)
            throws NotNowException {
          if (down) {
            throw new NotNowException("down");
          }
          delivered.addAll(events);
          atDelivery.run();
        }
      };

  @BeforeEach
  void open() throws IOException {
    store = new LetterStore(folder.resolve("letters.ndjson"), LIMITS);
    requests = new Requests(store.path());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void aFullLedgerForgetsEventsWhoseLettersAreGone() throws Exception {
    LetterDesk desk = new LetterDesk(store, target, 3);
    append(1, 2, 3);
    String first = replayAll();
    desk.look();
    assertThat(requests.outcome(first).events()).isEqualTo(3);
    long unused = store.settle();
    for (Path file : new LetterSegments(store.path()).archived()) {
      Files.delete(file); // as ageing and dropping do
    }
    append(4, 5);

    String second = replayAll();
    desk.look();

    assertThat(requests.outcome(second).isDone()).isTrue();
    assertThat(delivered).extracting(RawEvent::position).containsExactly(1L, 2L, 3L, 4L, 5L);
    String third = replayAll();
    desk.look();
    assertThat(requests.outcome(third).before()).isEqualTo(2);
    assertThat(delivered).hasSize(5);
  }

  @Test
  void aLedgerThatIsFullOfLettersThatAreThereSaysWhatToDo() throws Exception {
    LetterDesk desk = new LetterDesk(store, target, 3);
    append(1, 2, 3);
    replayAll();
    desk.look();
    append(4);
    String waits = replayAll();
    desk.look();

    assertThat(requests.outcome(waits).isDone()).isFalse();
    assertThat(requests.outcome(waits).waiting()).contains("siem dlq purge --state replayed");
    assertThat(delivered).hasSize(3);
  }

  @Test
  void whatAReplayKnowsOfItselfOutlivesTheCompaction() throws Exception {
    append(1, 2, 3);
    replayAll();
    new LetterDesk(store, target, 3).look();
    long number = Ledger.load(store.path()).highest();
    long unused = store.settle();
    for (Path file : new LetterSegments(store.path()).archived()) {
      Files.delete(file);
    }
    replayAll();
    new LetterDesk(store, target, 3).look();
    store.close();
    store = new LetterStore(store.path(), LIMITS);

    assertThat(Ledger.load(store.path()).size()).isEqualTo(1);
    assertThat(store.nextNumber()).isGreaterThan(number);
  }

  @Test
  void aRequestThatWaitsLeavesNoFilesBehind() throws Exception {
    append(1);
    down = true;
    String waits = replayAll();
    for (int i = 0; i < 5; i++) {
      new LetterDesk(store, target).look(); // each as after a pause
    }
    assertThat(requests.outcome(waits).isDone()).isFalse();
    assertThat(new LetterSegments(store.path()).archived()).isEmpty();

    down = false;
    new LetterDesk(store, target).look();
    assertThat(requests.outcome(waits).events()).isEqualTo(1);
    assertThat(delivered).hasSize(1);
  }

  /** Nobody knows what is in it: its letters are not to be sent twice when it is back. */
  @ParameterizedTest
  @ValueSource(strings = {"aside", "folder", "line"})
  void replaysOfLettersThatCannotBeReadNowAreNotForgotten(String how) throws Exception {
    append(1, 2);
    long unused = store.settle();
    append(3);
    replayAll();
    new LetterDesk(store, target).look();
    assertThat(delivered).hasSize(3);
    Path full = new LetterSegments(store.path()).archived().get(0);
    Path elsewhere = full.resolveSibling(full.getFileName() + ".damaged");
    Files.move(full, elsewhere);
    if (how.equals("folder")) {
      Files.createDirectories(full.resolve("not empty"));
      elsewhere = Files.move(elsewhere, folder.resolve("elsewhere"));
    } else if (how.equals("line")) {
      Files.writeString(full, "{\"n\":1,\"dam\n");
      elsewhere = Files.move(elsewhere, folder.resolve("elsewhere"));
    }

    requests.purge(true).send();
    new LetterDesk(store, target).look();
    if (how.equals("folder")) {
      Files.delete(full.resolve("not empty"));
    }
    Files.deleteIfExists(full);
    Files.move(elsewhere, full);

    String again = replayAll();
    new LetterDesk(store, target).look();
    assertThat(requests.outcome(again).before()).isEqualTo(3);
    assertThat(delivered).hasSize(3);
  }

  @Test
  void aPurgeEndsAlsoWhenNobodyKnowsWhatWasReplayed() throws Exception {
    append(1);
    Files.createDirectories(folder.resolve("letters.ndjson.replayed/not empty"));
    Requests.Asking asking = requests.purge(false);
    asking.add(letters().get(0));
    String name = asking.send().get(0);
    new LetterDesk(store, target).look();
    assertThat(requests.outcome(name).isDone()).isTrue();
    assertThat(requests.outcome(name).events()).isEqualTo(1);
    assertThat(requests.outcome(name).refused().keySet())
        .singleElement()
        .satisfies(why -> assertThat(why).contains("letters.ndjson.replayed"));
  }

  /** A stranger says how long each of his events is. */
  @Test
  void reasonsDoNotGrowWithTheLettersThatAreRefused() throws Exception {
    List<DeadLetter> dead = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      RawEvent event = RawEvent.of("x".repeat(i + 1), "/a", i);
      dead.add(new DeadLetter(event, StopReason.TOO_LARGE, "", "test").cutFrom(1_000 + i, null));
    }
    store.append(dead, "route");
    String name = replayAll();
    new LetterDesk(store, target).look();
    assertThat(requests.outcome(name).refused())
        .containsExactly(java.util.Map.entry("only its first bytes were kept", 300L));
  }

  @Test
  void aRouteForEachLetterMakesNoReasonForEach() throws Exception {
    for (int i = 0; i < 150; i++) {
      RawEvent event = RawEvent.of("x", "/a", i);
      store.append(List.of(new DeadLetter(event, StopReason.MALFORMED, "", "test")), "gone" + i);
    }
    String name = replayAll();
    new LetterDesk(store, target).look();
    assertThat(requests.outcome(name).refused()).hasSize(101).containsEntry("other reasons", 50L);
  }

  /** The same events fail again and again, or are asked for with --again. */
  @Test
  void theLedgerDoesNotGrowWithReplaysOfTheSameEvents() throws Exception {
    List<Long> keys = java.util.stream.LongStream.rangeClosed(1, 400).boxed().toList();
    for (int i = 1; i <= 12; i++) {
      Ledger.load(store.path()).add(keys, i); // as each process would
    }
    try (var lines = Files.lines(folder.resolve("letters.ndjson.replayed"))) {
      assertThat(lines.count()).isLessThanOrEqualTo(2_000);
    }
    assertThat(Ledger.load(store.path()).replay(400)).isEqualTo(12);
    assertThat(Ledger.load(store.path()).highest()).isEqualTo(12);
  }

  @Test
  void aRequestThatWasCancelledLeavesNothing() throws Exception {
    append(1);
    down = true;
    String cancelled = replayAll();
    new LetterDesk(store, target).look();
    Path requestsFolder = folder.resolve("letters.ndjson.requests");
    assertThat(requests.isCancelled(cancelled)).isFalse();
    Files.delete(requestsFolder.resolve(cancelled));
    assertThat(requests.isCancelled(cancelled)).isTrue();
    down = false;
    String good = replayAll();
    new LetterDesk(store, target).look();
    assertThat(requests.isCancelled(good)).isFalse();
    assertThat(requestsFolder.resolve(cancelled + ".state")).doesNotExist();
  }

  private List<Letter> letters() throws IOException {
    List<Letter> letters = new ArrayList<>();
    new LetterFolder(store.path()).each(letters::add);
    return letters;
  }

  /** A sink that was told to stop does not wait for ever for the batch that its desk delivers. */
  @Test
  void aDeskThatOutlivesItsLettersWritesNothingMore() throws Exception {
    append(1, 2, 3);
    String name = replayAll();
    atDelivery = this::closeNow;
    new LetterDesk(store, target).look();

    assertThat(delivered).hasSize(3);
    assertThat(Ledger.load(store.path()).size()).isZero();
    assertThat(requests.outcome(name).isDone()).isFalse();
    store = new LetterStore(store.path(), LIMITS); // also of another process
    atDelivery = () -> {};
    new LetterDesk(store, target).look();
    assertThat(requests.outcome(name).events()).isEqualTo(3);
    assertThat(delivered).extracting(RawEvent::position).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
  }

  private void closeNow() {
    try {
      store.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Whatever stands in the folder of requests before it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a folder", "", "{", "{\"kind\":\"dance\"}", "{\"kind\":\"replay\"}\nx", "\u00ff"})
  void whatIsNoRequestKeepsNobodyWaiting(String content) throws Exception {
    append(1);
    Path none =
        Files.createDirectories(folder.resolve("letters.ndjson.requests")).resolve("0000.request");
    if (content.equals("a folder")) {
      Files.createDirectories(none.resolve("not empty"));
    } else {
      Files.write(none, content.getBytes(StandardCharsets.ISO_8859_1));
    }
    String good = replayAll();

    new LetterDesk(store, target).look();

    assertThat(requests.outcome(good).events()).isEqualTo(1);
    assertThat(delivered).hasSize(1);
  }

  @Test
  void aDamagedStateIsBegunAgainAndRefusesNoStart() throws Exception {
    append(1);
    String name = replayAll();
    Files.writeString(
        folder.resolve("letters.ndjson.requests").resolve(name + ".state"), "{\"numb");
    store.close();
    store = new LetterStore(store.path(), LIMITS);

    new LetterDesk(store, target).look();

    assertThat(requests.outcome(name).events()).isEqualTo(1);
    assertThat(delivered).hasSize(1);
  }

  @Test
  void linesWithAsManyCommasAsElementsWouldHaveAreLines() throws Exception {
    byte[] lines = "CEF:0|a|b,c\nCEF:0|d".getBytes(StandardCharsets.UTF_8);
    RawEvent stretch = new RawEvent(lines, 0, lines.length, "http://192.0.2.1:1", 1, 0, 7, 0);
    assertThat(shape(stretch)).isEqualTo(Shape.LINES);
    assertThat(events(stretch)).containsExactly("CEF:0|a|b,c", "CEF:0|d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "[ \n%s\n]", "\n[\n %s]", "before\n[%s]", "\ufeff[\n%s]"})
  void elementsAreElementsAlsoWhereTheyAreNoJson(String array) throws Exception {
    String bad = "{\"a\":},\n{\"b\":}";
    byte[] all = array.formatted(bad).getBytes(StandardCharsets.UTF_8);
    int from = indexOf(all, bad.getBytes(StandardCharsets.UTF_8));
    RawEvent stretch = new RawEvent(all, from, from + bad.length(), "/a", 1, 0, 7, 0);
    assertThat(shape(stretch)).isEqualTo(Shape.ELEMENTS);
    assertThat(events(stretch)).containsExactly("{\"a\":}", "{\"b\":}");
  }

  /** Of the version that did not say so. */
  @Test
  void aLetterWithoutAShapeIsReadByWhatItsBytesAre() {
    assertThat(old("CEF:0|a|b,c\nCEF:0|d")).containsExactly("CEF:0|a|b,c", "CEF:0|d");
    assertThat(old("{\"a\":1},\n{\"b\":2}")).containsExactly("{\"a\":1}", "{\"b\":2}");
  }

  private static List<String> old(String raw) {
    String line =
        "{\"n\":1,\"time\":\"2026-11-22T10:15:30Z\",\"id\":\"3fa9c1d27b8e4410-1\",\"reason\":\"malformed\","
            + "\"detail\":\"x\",\"stage\":\"cef\",\"origin\":\"/a\",\"position\":1,\"count\":2,"
            + "\"receivedAt\":\"2026-11-22T10:15:30Z\",\"raw\":\""
            + raw.replace("\"", "\\\"").replace("\n", "\\n")
            + "\"}";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Letter letter = LetterJson.read(bytes, 0, bytes.length);
    assertThat(LetterEvents.refusal(letter)).isEmpty();
    return letter.events().stream().map(RawEvent::toString).toList();
  }

  private static int indexOf(byte[] all, byte[] part) {
    return new String(all, StandardCharsets.ISO_8859_1)
        .indexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  private static Letter written(RawEvent stretch) {
    DeadLetter dead = new DeadLetter(stretch, StopReason.MALFORMED, "", "http", 2);
    Letter letter = new Retries().letter(dead, 1, Instant.EPOCH, null);
    byte[] line = LetterJson.line(letter);
    return LetterJson.read(line, 0, line.length - 1);
  }

  private static Shape shape(RawEvent stretch) {
    return written(stretch).shape();
  }

  private static List<String> events(RawEvent stretch) {
    return written(stretch).events().stream().map(RawEvent::toString).toList();
  }

  private String replayAll() throws IOException {
    Requests.Asking asking = requests.replay(false, null);
    new LetterFolder(store.path())
        .each(
            letter -> {
              asking.add(letter);
              return true;
            });
    if (asking.letters() == 0) {
      asking.add(
          LetterJson.read(
              ONE.getBytes(StandardCharsets.UTF_8), 0, ONE.length())); // one that is gone
    }
    return asking.send().get(0);
  }

  private static final String ONE =
      "{\"n\":1,\"time\":\"2026-11-22T10:15:30Z\",\"id\":\"3fa9c1d27b8e4410-1\",\"reason\":\"malformed\","
          + "\"receivedAt\":\"2026-11-22T10:15:30Z\",\"raw\":\"x\"}";

  private void append(int... positions) throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    for (int position : positions) {
      byte[] bytes = ("event " + position).getBytes(StandardCharsets.UTF_8);
      RawEvent event = new RawEvent(bytes, 0, bytes.length, "/a", position, 0, 7, 0);
      letters.add(new DeadLetter(event, StopReason.MALFORMED, "bad", "test"));
    }
    store.append(letters, "route");
  }
}
