package dev.camelsiem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The eight-at-a-time scan finds what a plain loop finds. */
class LinesTest {
  @Property
  void findsTheFirstLineFeed(
      @ForAll @Size(max = 70) byte[] bytes,
      @ForAll @IntRange(max = 75) int start,
      @ForAll @IntRange(max = 70) int feed) {
    if (feed < bytes.length) {
      bytes[feed] = '\n';
    }
    int from = Math.min(start, bytes.length);
    int expected = from;
    while (expected < bytes.length && bytes[expected] != '\n') {
      expected++;
    }
    assertThat(Lines.end(bytes, from, bytes.length)).isEqualTo(expected);
  }

  @Property
  void aBreakIsFoundWhereverItIs(
      @ForAll @Size(max = 40) byte[] random, @ForAll @IntRange(max = 41) int from) {
    boolean expected = false;
    for (int i = from; i < random.length; i++) {
      expected |= random[i] == '\n' || random[i] == '\r';
    }
    assertThat(Lines.hasBreak(random, from, Math.max(from, random.length))).isEqualTo(expected);
    byte[] others = random.clone();
    for (int i = 0; i < others.length; i++) {
      others[i] = others[i] == '\n' || others[i] == '\r' ? (byte) '\t' : others[i];
    }
    assertThat(Lines.hasBreak(others, 0, others.length)).isFalse();
  }

  @Test
  void looksNoFurtherThanItIsAsked() {
    byte[] bytes = "0123456789\r\n\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(Lines.end(bytes, 0, 11)).isEqualTo(11);
    assertThat(Lines.end(bytes, 0, 12)).isEqualTo(11);
    assertThat(Lines.end(bytes, 12, 12)).isEqualTo(12);
    assertThat(Lines.textEnd(bytes, 0, 11)).isEqualTo(10);
    assertThat(Lines.textEnd(bytes, 12, 12)).isEqualTo(12);
    assertThat(Lines.count(bytes, 0, 13)).isEqualTo(2);
    assertThat(Lines.count(bytes, 0, 11)).isZero();
  }
}
