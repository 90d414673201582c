package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The eight-at-a-time scan finds what a plain loop finds. */
class LineScannerTest {
  @Property
  void findsTheFirstLineFeed(
      @ForAll @Size(max = 70) byte[] bytes,
      @ForAll @IntRange(max = 75) int start,
      @ForAll @IntRange(max = 70) int feed) {
    if (feed < bytes.length) {
      bytes[feed] = '\n';
    }
    int from = Math.min(start, bytes.length);
    int expected = -1;
    for (int i = from; expected < 0 && i < bytes.length; i++) {
      expected = bytes[i] == '\n' ? i : -1;
    }
    assertThat(LineScanner.indexOfLineFeed(bytes, from, bytes.length)).isEqualTo(expected);
  }
}
