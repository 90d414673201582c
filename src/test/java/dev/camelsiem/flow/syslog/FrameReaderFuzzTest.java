package dev.camelsiem.flow.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any bytes as a connection's stream. Every build replays the inputs that were kept; {@code
 * JAZZER_FUZZ=1 mvn -Dquick -Dtest='FrameReaderFuzzTest#anyBytesInAnyPieces' test} looks for new
 * ones.
 *
 * <p>An input begins with four bytes: the framing, the longest frame, how many frames are taken at
 * a time, and how the pieces are cut.
 */
class FrameReaderFuzzTest {
  private static final int HEAD = 4;

  @FuzzTest(maxDuration = "5m")
  void anyBytesInAnyPieces(byte[] input) {
    if (input.length < HEAD) {
      return;
    }
    Framing framing = framing(input[0]);
    int max = 1 + (input[1] & 0xff);
    List<String> whole = read(framing, max, input, 0, input.length);

    List<String> pieces = read(framing, max, input, input[2] & 0xff, 1 + (input[3] & 0xff));

    assertThat(pieces).isEqualTo(whole);
    assertThat(read(framing, max, input, 1, 1)).isEqualTo(whole);
    assertThat(whole).allSatisfy(each -> assertThat(each).isNotEmpty());
    assertThat(whole.stream().mapToInt(FrameReaderFuzzTest::weight).sum())
        .as("no byte is found twice")
        .isLessThanOrEqualTo(input.length);
  }

  private static Framing framing(byte choice) {
    return switch ((choice & 0xff) % 3) {
      case 0 -> Framing.AUTO;
      case 1 -> Framing.LF;
      default -> Framing.OCTET_COUNTING;
    };
  }

  /** Bytes of a frame; what is told of the others cannot be compared. */
  private static int weight(String found) {
    boolean told = found.startsWith("oversized ") || found.startsWith("broken: ");
    return told ? 0 : found.length();
  }

  /** Piece after piece, the next one a little longer or shorter than the one before. */
  private static List<String> read(
      Framing framing, int max, byte[] input, int atATime, int firstPiece) {
    FoundFrames out = new FoundFrames(StandardCharsets.ISO_8859_1).atATime(atATime);
    FrameReader reader = new FrameReader(framing, max, out);
    int piece = firstPiece;
    for (int at = HEAD; at < input.length; ) {
      int count = Math.min(piece, input.length - at);
      long said = reader.heldBytesWith(count);
      byte[] room = reader.room(count);
      assertThat(reader.heldBytes()).as("said before").isLessThanOrEqualTo(said);
      System.arraycopy(input, at, room, reader.position(), count);
      boolean good = reader.received(count);
      while (good && reader.hasUncut()) {
        out.proceed();
        good = reader.cut();
      }
      assertThat(reader.heldBytes())
          .isLessThanOrEqualTo(2L * (max + 8) + 4L * count + FrameReader.KEPT_BYTES);
      at += count;
      piece = 1 + (piece * 7 + input[at - 1] & 0x3f);
      if (firstPiece >= input.length) {
        piece = input.length;
      }
      if (!good) {
        break;
      }
    }
    reader.end();
    assertThat(reader.isInsideFrame()).isFalse();
    assertThat(reader.heldBytes()).isZero();
    return out.found;
  }

  /** At any place a stream may have to be given up; then nothing more comes out of it. */
  @FuzzTest(maxDuration = "5m")
  void givenUpAnywhere(byte[] input) {
    if (input.length < HEAD) {
      return;
    }
    FoundFrames out = new FoundFrames(StandardCharsets.ISO_8859_1);
    FrameReader reader = new FrameReader(framing(input[0]), 1 + (input[1] & 0xff), out);
    int first = Math.min(input.length - HEAD, input[2] & 0xff);
    feed(reader, input, HEAD, HEAD + first);
    boolean inside = reader.isInsideFrame();
    int before = out.found.size();
    reader.giveUp();
    assertThat(out.found).hasSize(before + (inside ? 1 : 0));
    feed(reader, input, HEAD + first, input.length);
    assertThat(out.found).hasSize(before + (inside ? 1 : 0));
    assertThat(reader.heldBytes()).isZero();
  }

  private static void feed(FrameReader reader, byte[] input, int from, int to) {
    byte[] room = reader.room(to - from);
    System.arraycopy(input, from, room, reader.position(), to - from);
    reader.received(to - from);
  }
}
