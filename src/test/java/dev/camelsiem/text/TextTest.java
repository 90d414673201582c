package dev.camelsiem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTest {
  private static final byte[] BYTES =
      "a text of more than two words of eight".getBytes(StandardCharsets.UTF_8);

  @Test
  void equalTextsHaveOneHashCodeWhereverTheyStandAndWhateverIsKnownOfThem() {
    for (int to = 1; to <= BYTES.length; to++) {
      byte[] later = new byte[3 + to + 9];
      System.arraycopy(BYTES, 0, later, 3, to);
      Text text = Text.of(BYTES, 0, to);
      Text quotable = Text.ofQuotable(later, 3, 3 + to);
      Text escaped = Text.of(later, 3, 3 + to, quotable);
      assertThat(quotable).isEqualTo(text).hasSameHashCodeAs(text);
      assertThat(escaped).isEqualTo(text).hasSameHashCodeAs(text);
    }
  }

  @Test
  void everyByteCountsInTheHashCode() {
    Set<Integer> hashes =
        IntStream.range(0, BYTES.length)
            .mapToObj(
                at -> {
                  byte[] changed = BYTES.clone();
                  changed[at] = '-';
                  return Text.of(changed).hashCode();
                })
            .collect(Collectors.toSet());
    assertThat(hashes).hasSize(BYTES.length);
  }

  @Test
  void knowsWhatJsonMakesOfItWhenItWasTold() {
    Text plain = Text.of(BYTES, 0, 6);
    Text quotable = Text.ofQuotable(BYTES, 0, 6);
    Text escaped = Text.of(BYTES, 0, 6, plain);
    assertThat(plain.isQuotable()).isFalse();
    assertThat(plain.quotable()).isNull();
    assertThat(quotable.isQuotable()).isTrue();
    assertThat(quotable.quotable()).isSameAs(quotable);
    assertThat(escaped.isQuotable()).isFalse();
    assertThat(escaped.quotable()).isSameAs(plain);
  }
}
