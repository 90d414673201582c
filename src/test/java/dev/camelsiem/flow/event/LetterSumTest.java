package dev.camelsiem.flow.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.EventSplitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
  void anotherReasonBeginsAnotherLetter() {
    try (LetterSum sum = new LetterSum(sums::add)) {
      stopAll(
          sum,
          line("[1,2,3,4]"),
          StopReason.MALFORMED,
          StopReason.MALFORMED,
          StopReason.TOO_LARGE,
          StopReason.MALFORMED);
    }
    assertThat(sums).extracting(DeadLetter::count).containsExactly(2, 1, 1);
    assertThat(sums)
        .extracting(letter -> letter.event().toString())
        .containsExactly("1,2", "3", "4");
  }

  @Test
  void oneThatIsMissingBetweenEndsTheLetter() {
    List<RawEvent> elements = new ArrayList<>();
    EventSplitter.elements(line("[1,{\"id\":1},3]"), elements::add);
    try (LetterSum sum = new LetterSum(sums::add)) {
      for (int i : new int[] {0, 2}) {
        sum.add(new DeadLetter(elements.get(i), StopReason.MALFORMED, "why", "cef"));
      }
    }
    assertThat(sums).extracting(DeadLetter::count).containsExactly(1, 1);
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
