package dev.camelsiem.delivery.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedFramesTest {
  private static final byte[] LINES = "one\ntwo\nthree\n".getBytes(US_ASCII);

  @Test
  void whoAsksLaterGetsTheSameCopy() {
    try (SharedFrames frames = new SharedFrames(true)) {
      ByteBuf alone = frames.of(LINES, 4, 14);
      ByteBuf second = frames.of(LINES, 4, 14);
      ByteBuf third = frames.of(LINES, 4, 14);

      assertThat(alone.hasArray()).isTrue();
      assertThat(second.memoryAddress()).isEqualTo(third.memoryAddress());
      assertThat(List.of(text(alone), text(second), text(third))).containsOnly("two\nthree\n");
    }
  }

  @Test
  void anotherStretchAndAnotherArrayAreOthers() {
    try (SharedFrames frames = new SharedFrames(true)) {
      for (int i = 0; i < 2; i++) {
        assertThat(text(frames.of(LINES, 0, 4))).isEqualTo("one\n");
        assertThat(text(frames.of(LINES, 0, 8))).isEqualTo("one\ntwo\n");
        assertThat(text(frames.of("six\n".getBytes(US_ASCII), 0, 4))).isEqualTo("six\n");
      }
    }
  }

  @Test
  void oneThatWasPushedOutStaysWholeUntilItHasLeft() {
    try (SharedFrames frames = new SharedFrames(true)) {
      text(frames.of(LINES, 0, 4));
      ByteBuf underWay = frames.of(LINES, 0, 4);
      ByteBuf copy = underWay.unwrap();
      pushOut(frames);

      assertThat(copy.refCnt()).isOne();
      assertThat(text(underWay)).isEqualTo("one\n");
      assertThat(copy.refCnt()).isZero();
      assertThat(frames.of(LINES, 0, 4).hasArray()).isTrue(); // forgotten
    }
  }

  @Test
  void nothingIsKeptBehindTheEnd() {
    SharedFrames frames = new SharedFrames(true);
    text(frames.of(LINES, 0, 4));
    ByteBuf underWay = frames.of(LINES, 0, 4);
    ByteBuf copy = underWay.unwrap();
    frames.close();

    assertThat(copy.refCnt()).isOne();
    assertThat(text(underWay)).isEqualTo("one\n");
    assertThat(copy.refCnt()).isZero();
    assertThat(frames.of(LINES, 0, 4).hasArray()).isTrue();
    assertThat(frames.of(LINES, 0, 4).hasArray()).isTrue();
  }

  @Test
  void nothingIsSharedWhereTheLoopsCannot() {
    try (SharedFrames frames = new SharedFrames(false)) {
      for (int i = 0; i < 3; i++) {
        assertThat(frames.of(LINES, 0, 4).hasArray()).isTrue();
      }
    }
  }

  @Test
  void whatIsKeptIsBoundedByBytes() {
    try (SharedFrames frames = new SharedFrames(true)) {
      List<byte[]> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        byte[] large = new byte[1 << 20];
        all.add(large);
        frames.of(large, 0, large.length).release();
        frames.of(large, 0, large.length).release();
      }

      for (byte[] kept : all.subList(8, 16)) {
        assertShared(frames, kept, true);
      }
      assertShared(frames, all.get(7), false);
    }
  }

  private static void assertShared(SharedFrames frames, byte[] array, boolean expected) {
    ByteBuf buffer = frames.of(array, 0, array.length);
    assertThat(!buffer.hasArray()).isEqualTo(expected);
    buffer.release();
  }

  private static void pushOut(SharedFrames frames) {
    for (int i = 0; i < 64; i++) {
      text(frames.of(new byte[10], 0, 10));
    }
  }

  /** What a buffer holds; it is released. */
  private static String text(ByteBuf buffer) {
    String text = buffer.toString(US_ASCII);
    buffer.release();
    return text;
  }
}
