package dev.camelsiem.delivery.wire;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Puts a whole batch into one buffer (RFC 6587). With LF framing a line break inside an event
 * becomes a blank: one frame out for each event in, whoever made the event. Lines that stand in the
 * array with their line feeds, as encoders and the log leave them, are taken as they are.
 */
final class FrameEncoder {
  private static final int LONGEST_COUNT = 11;

  private final Framing framing;

  FrameEncoder(Framing framing) {
    this.framing = framing;
  }

  /** The frames of a batch, one after the other; to be released by the caller. */
  ByteBuf frames(EncodedBatch batch) {
    return framing == Framing.LF ? lines(batch.withoutBreaks()) : counted(batch);
  }

  private static ByteBuf counted(EncodedBatch batch) {
    ByteBuf out =
        PooledByteBufAllocator.DEFAULT.ioBuffer(batch.totalBytes() + LONGEST_COUNT * batch.size());
    for (int i = 0; i < batch.size(); i++) {
      int length = batch.end(i) - batch.start(i);
      writeCount(length, out);
      out.writeBytes(batch.array(), batch.start(i), length);
    }
    return out;
  }

  /** Runs of lines that lie side by side with their line feeds, each in one piece. */
  private static ByteBuf lines(EncodedBatch batch) {
    byte[] bytes = batch.array();
    int size = batch.size();
    int first = runEnd(batch, 0);
    if (size > 0 && first == size && isFed(batch, size - 1)) {
      int from = batch.start(0);
      return Unpooled.wrappedBuffer(bytes, from, batch.end(size - 1) + 1 - from);
    }
    ByteBuf out = PooledByteBufAllocator.DEFAULT.ioBuffer(batch.totalBytes() + size);
    for (int i = 0, next = first; i < size; i = next, next = runEnd(batch, i)) {
      out.writeBytes(bytes, batch.start(i), batch.end(next - 1) - batch.start(i)).writeByte('\n');
    }
    return out;
  }

  /** The first line behind one that does not stand at the line feed of the line before it. */
  private static int runEnd(EncodedBatch batch, int from) {
    int i = from + 1;
    while (i < batch.size() && batch.start(i) == batch.end(i - 1) + 1 && isFed(batch, i - 1)) {
      i++;
    }
    return i;
  }

  private static boolean isFed(EncodedBatch batch, int index) {
    int end = batch.end(index);
    return end < batch.array().length && batch.array()[end] == '\n';
  }

  private static void writeCount(int count, ByteBuf out) {
    int divisor = 1;
    while (count / divisor >= 10) {
      divisor *= 10;
    }
    for (int rest = count; divisor > 0; rest %= divisor, divisor /= 10) {
      out.writeByte('0' + rest / divisor);
    }
    out.writeByte(' ');
  }
}
