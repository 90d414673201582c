package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.EventSplitter;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.LetterSum;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.event.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever letters steps write of whatever events: an event is accepted or rejected, once. */
class TallyTest {
  private static final List<String> EVENTS =
      List.of(
          "{\"id\":1}",
          "plain",
          "[2024-01-01 12:00:00] boom",
          "[[1,2],[3,4]]",
          "[1,2,3]",
          "  [1,2]",
          "[",
          "[]",
          "[{\"a\":1},{\"b\":2}]");

  /** How a step writes of an event that it stops. */
  private interface Stop {
    void stop(RawEvent event, Consumer<DeadLetter> letters);
  }

  private static DeadLetter letter(RawEvent event, int count) {
    return new DeadLetter(event, StopReason.MALFORMED, "bad", "test", count);
  }

  static Stream<Arguments> ways() {
    Stop whole = (event, letters) -> letters.accept(letter(event, 1));
    Stop twice =
        (event, letters) -> {
          letters.accept(letter(event, 1));
          letters.accept(letter(event, 1));
        };
    Stop made = (event, letters) -> letters.accept(letter(event.over(new byte[] {'x'}), 1));
    Stop elements =
        (event, letters) ->
            EventSplitter.elements(event, element -> letters.accept(letter(element, 1)));
    Stop summed =
        (event, letters) -> {
          try (LetterSum sum = new LetterSum(letters)) {
            EventSplitter.elements(event, element -> sum.add(letter(element, 1)));
          }
        };
    return EVENTS.stream()
        .flatMap(
            event ->
                Stream.of(
                        Arguments.of("whole", event, whole),
                        Arguments.of("twice", event, twice),
                        Arguments.of("made anew", event, made),
                        Arguments.of("elements", event, elements),
                        Arguments.of("elements summed up", event, summed))
                    .filter(way -> isElements(way) ? hasElements(event) : true));
  }

  private static boolean isElements(Arguments way) {
    return way.get()[0].toString().startsWith("elements");
  }

  /** A step takes apart only what is an array of values. */
  private static boolean hasElements(String event) {
    return !event.contains("boom") && !event.equals("[") && !event.equals("[]");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("ways")
  void everyEventIsCountedOnce(String way, String event, Stop stop) throws Exception {
    for (String stopped : List.of("x", "-x-", "xx", "x-x")) {
      List<RawEvent> batch = new ArrayList<>();
      List<DeadLetter> letters = new ArrayList<>();
      int bad = 0;
      for (int i = 0; i < stopped.length(); i++) {
        RawEvent next = RawEvent.of(event, "test", i + 1);
        batch.add(next);
        if (stopped.charAt(i) == 'x') {
          stop.stop(next, letters::add);
          bad++;
        }
      }
      Findings found = new Findings(new HttpSettings().limits(), more -> {});
      for (int i = 0; i < batch.size(); i++) {
        found.add(0, 1, i + 1);
      }
      Tally tally = new Tally(found);
      tally.taken(batch, letters);
      assertThat(tally.counts())
          .as("%s %s", way, stopped)
          .isEqualTo(new HttpAnswer.Counts(batch.size() - bad, bad, 0));
      assertThat(tally.nothingWasTaken()).isEqualTo(bad == batch.size());
    }
  }

  /** Some elements that went on make an event that was taken. */
  @ParameterizedTest
  @MethodSource("ways")
  void anEventOfWhichSomethingWentOnIsTaken(String way, String event, Stop stop) throws Exception {
    if (!way.equals("elements") || !event.contains(",")) {
      return;
    }
    RawEvent only = RawEvent.of(event, "test", 1);
    List<DeadLetter> letters = new ArrayList<>();
    stop.stop(only, letters::add);
    letters.remove(0);
    Findings found = new Findings(new HttpSettings().limits(), more -> {});
    found.add(0, 1, 1);
    Tally tally = new Tally(found);
    tally.taken(List.of(only), letters);
    assertThat(tally.counts().accepted()).isEqualTo(event.startsWith("{") ? 0 : 1);
  }
}
