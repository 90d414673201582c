package dev.camelsiem.delivery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination.Framing;
import dev.camelsiem.integration.Lines;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {
  @Test
  void linesOfTheLogAreNotCopied() {
    EncodedBatch batch = Lines.batch(List.of("one", "two", "three"));
    ByteBuf frames = new FrameEncoder(Framing.LF).frames(batch);
    assertThat(frames.array()).isSameAs(batch.array());
    assertThat(text(frames)).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void aSelectionOfThemIsTakenInRuns() {
    EncodedBatch batch = Lines.batch(List.of("0", "1", "22", "333", "4", "5"));
    assertThat(frames(batch.select(i -> i != 2))).isEqualTo("0\n1\n333\n4\n5\n");
    assertThat(frames(batch.select(i -> i == 1 || i == 5))).isEqualTo("1\n5\n");
    assertThat(frames(batch.select(i -> i == 1))).isEqualTo("1\n");
    assertThat(frames(batch.select(i -> false))).isEmpty();
  }

  @Test
  void whatStandsBehindALineByChanceIsNotTrusted() {
    assertThat(frames(Lines.batch(List.of("a\nforged", "\nb")))).isEqualTo("a forged\n b\n");
    EncodedBatch one = Lines.batch(List.of("a\nforged"));
    assertThat(frames(one)).isEqualTo("a forged\n");
  }

  private static String frames(EncodedBatch batch) {
    return text(new FrameEncoder(Framing.LF).frames(batch));
  }

  private static String text(ByteBuf frames) {
    String text = frames.toString(StandardCharsets.UTF_8);
    frames.release();
    return text;
  }
}
