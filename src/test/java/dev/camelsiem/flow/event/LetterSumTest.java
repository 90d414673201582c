package dev.camelsiem.flow.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.EventSplitter;
import dev.camelsiem.flow.event.DeadLetter.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which letters are one, and that none is lost. */
class LetterSumTest {
  private final List<DeadLetter> sums = new ArrayList<>();

  private static RawEvent line(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new RawEvent(bytes, 0, bytes.length, "file", 7, 1, 2, 0);
  }

  private void stopAll(LetterSum sum, RawEvent line, StopReason... reasons) {
    List<RawEvent> elements = new ArrayList<>();
    EventSplitter.elements(line, elements::add);
    for (int i = 0; i < elements.size(); i++) {
      sum.add(new DeadLetter(elements.get(i), reasons[i % reasons.length], "why " + i, "cef"));
    }
  }

  @Test
  void elementsSideBySideAreOneLetter() {
    try (LetterSum sum = new LetterSum(sums::add)) {
      stopAll(sum, line("[" + "1, ".repeat(499_999) + "1]"), StopReason.MALFORMED);
    }
    assertThat(sums).hasSize(1);
    assertThat(sums.get(0).count()).isEqualTo(500_000);
    assertThat(sums.get(0).detail()).isEqualTo("why 0");
    assertThat(sums.get(0).event().toString())
        .startsWith("1, 1")
        .endsWith(", 1")
        .hasSize(1_499_998);
    assertThat(sums.get(0).event().id()).isEqualTo(new EventId(2, 7, 0));
  }

  @Test
  void eachReasonHasALetterOfItsOwn() {
    try (LetterSum sum = new LetterSum(sums::add)) {
      stopAll(
          sum,
          line("[1,2,3,4]"),
          StopReason.MALFORMED,
          StopReason.MALFORMED,
          StopReason.TOO_LARGE,
          StopReason.MALFORMED);
    }
    assertThat(sums).extracting(DeadLetter::count).containsExactly(3, 1);
    assertThat(sums)
        .extracting(letter -> letter.event().toString())
        .containsExactly("1\n2\n4\n", "3");
    assertThat(sums.get(0).parts())
        .containsExactly(new Part(7, 0, 1), new Part(7, 1, 1), new Part(7, 3, 1));
    assertThat(sums.get(1).parts()).isEmpty();
  }

  /** Good ones between, and reasons in turn: what one frame of 256 KiB can hold. */
  @Test
  void oneLineIsFewLettersInWhateverOrderItsElementsStop() {
    List<StopReason> some =
        List.of(StopReason.MALFORMED, StopReason.MISSING_ID, StopReason.TOO_LARGE);
    for (int reasons = 1; reasons <= some.size(); reasons++) {
      for (int step = 1; step <= 3; step++) {
        sums.clear();
        List<RawEvent> elements = new ArrayList<>();
        EventSplitter.elements(line("[" + "1,{},".repeat(52_000) + "1]"), elements::add);
        List<EventId> stopped = new ArrayList<>();
        try (LetterSum sum = new LetterSum(sums::add)) {
          for (int i = 0; i < elements.size(); i += step) {
            StopReason reason = some.get(i / step % reasons);
            sum.add(new DeadLetter(elements.get(i), reason, "why", "cef"));
            stopped.add(elements.get(i).id());
          }
        }
        assertThat(sums).hasSizeLessThan(220);
        assertThat(sums.stream().mapToInt(DeadLetter::count).sum()).isEqualTo(stopped.size());
        assertThat(sums.stream().flatMap(LetterSumTest::ids))
            .containsExactlyInAnyOrderElementsOf(stopped);
      }
    }
  }

  private static Stream<EventId> ids(DeadLetter letter) {
    EventId first = letter.event().id();
    return letter.parts().isEmpty()
        ? IntStream.range(0, letter.count())
            .mapToObj(i -> new EventId(first.source(), first.offset(), first.element() + i))
        : letter.parts().stream()
            .map(part -> new EventId(first.source(), part.offset(), part.element()));
  }

  /** A long run is a stretch, and what comes behind a gap does not make many letters of it. */
  @Test
  void aLongRunBeforeAGapStaysAStretch() {
    List<RawEvent> elements = new ArrayList<>();
    EventSplitter.elements(line("[" + "1,".repeat(9_999) + "1]"), elements::add);
    try (LetterSum sum = new LetterSum(sums::add)) {
      for (int i = 0; i < elements.size(); i++) {
        if (i != 5_000 && i != 5_003) {
          sum.add(new DeadLetter(elements.get(i), StopReason.MALFORMED, "why", "cef"));
        }
      }
    }
    assertThat(sums.get(0).count()).isEqualTo(5_000);
    assertThat(sums.get(0).event()).hasToString("1,".repeat(4_999) + "1");
    assertThat(sums).hasSizeLessThan(12);
    assertThat(sums.stream().mapToInt(DeadLetter::count).sum()).isEqualTo(9_998);
  }

  /** Two encodings that refuse the same elements, each for one integration. */
  @Test
  void eachIntegrationHasALetterOfItsOwn() {
    List<RawEvent> elements = new ArrayList<>();
    EventSplitter.elements(line("[1,2,3]"), elements::add);
    try (LetterSum sum = new LetterSum(sums::add)) {
      for (RawEvent each : elements) {
        for (String name : List.of("soc", "audit")) {
          sum.add(new DeadLetter(each, StopReason.TOO_LARGE, "why", "cef").only(List.of(name)));
        }
      }
    }
    assertThat(sums)
        .extracting(letter -> letter.integrations() + " " + letter.event())
        .containsExactly("[soc] 1,2,3", "[audit] 1,2,3");
  }

  @Test
  void linesStayApart() {
    try (LetterSum sum = new LetterSum(sums::add)) {
      for (RawEvent each :
          EventSplitter.split("x\ny\nz".getBytes(StandardCharsets.UTF_8), "file", 1)) {
        sum.add(new DeadLetter(each, StopReason.MALFORMED, "why", "cef"));
      }
    }
    assertThat(sums).hasSize(3);
  }
}
