package dev.camelsiem.flow.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodedBatchTest {
  private static final EventId ID = new EventId(1, 2, 3);

  @Test
  void aLineFeedStandsBehindEachEvent() {
    EncodedBatch batch = batch("one", "", "three");
    assertThat(bytes(batch)).isEqualTo("one\n\nthree\n");
    assertThat(batch).containsExactly("one", "", "three");
    assertThat(batch.totalBytes()).isEqualTo(8);
  }

  @Test
  void anEventMayFillTheRoomToItsEnd() {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(0);
    byte[] room = builder.room(0);
    room[room.length - 1] = 'x';
    builder.endEvent(room.length, null);
    assertThat(builder.build().get(0)).hasSize(room.length).endsWith("x");
  }

  @Test
  void joinedBatchesStandOneBehindTheOther() {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(10);
    builder.from("here");
    builder.add("four".getBytes(StandardCharsets.UTF_8), 0, 4, null, ID);
    EncodedBatch first = batch("one", "two", "three").select(i -> i != 1);
    EncodedBatch joined = EncodedBatch.join(List.of(first, batch(), builder.build()));
    assertThat(joined).containsExactly("one", "three", "four");
    assertThat(bytes(joined)).isEqualTo("one\nthree\nfour\n");
    assertThat(joined.origin(0)).isNull();
    assertThat(joined.origin(2)).isEqualTo("here");
    assertThat(joined.id(1)).isNull();
    assertThat(joined.id(2)).isEqualTo(ID);
    assertThat(EncodedBatch.join(List.of(first))).isSameAs(first);
    assertThat(EncodedBatch.join(List.of(batch(), batch()))).isEmpty();
  }

  @Test
  void breaksBecomeBlanks() {
    EncodedBatch whole = batch("a", "b");
    assertThat(whole.withoutBreaks()).isSameAs(whole);
    assertThat(batch("a", "b\r\nc", "\n").withoutBreaks()).containsExactly("a", "b  c", " ");
  }

  @Test
  void whatOneEncoderPromisesHoldsForItsOwnEventsOnly() {
    EncodedBatch promised = lines("a", "b", "c");
    assertThat(promised.withoutBreaks()).isSameAs(promised);
    EncodedBatch other = batch("d\ne");
    EncodedBatch joined = EncodedBatch.join(List.of(promised.slice(0, 2), other));
    assertThat(joined.withoutBreaks()).containsExactly("a", "b", "d e");
    EncodedBatch kept = joined.select(i -> i > 0);
    assertThat(kept.withoutBreaks()).containsExactly("b", "d e");
    EncodedBatch.Builder mixed = new EncodedBatch.Builder(1);
    mixed.addLine(new byte[] {'x'}, 0, 1, null, ID);
    mixed.add(new byte[] {'\r'}, 0, 1, null);
    mixed.addLine(new byte[] {'y'}, 0, 1, null, ID);
    assertThat(mixed.build().withoutBreaks()).containsExactly("x", " ", "y");
    assertThatThrownBy(() -> lines("a\nb")).isInstanceOf(AssertionError.class);
  }

  private static EncodedBatch lines(String... lines) {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(1);
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      builder.addLine(bytes, 0, bytes.length, null, ID);
    }
    return builder.build();
  }

  private static EncodedBatch batch(String... lines) {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(1);
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      builder.add(bytes, 0, bytes.length, null);
    }
    return builder.build();
  }

  private static String bytes(EncodedBatch batch) {
    int to = batch.end(batch.size() - 1) + 1;
    return new String(batch.array(), 0, to, StandardCharsets.UTF_8);
  }
}
