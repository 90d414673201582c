package dev.camelsiem.delivery.wire;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Puts a whole batch into one buffer (RFC 6587). With LF framing a line break inside an event
 * becomes a blank: one frame out for each event in, whoever made the event. Lines that stand in the
 * array with their line feeds, as the log gives them, are taken as they are.
 */
final class FrameEncoder {
  private static final int LONGEST_COUNT = 11;

  private final Framing framing;

  FrameEncoder(Framing framing) {
    this.framing = framing;
  }

  /** The frames of a batch, one after the other; to be released by the caller. */
  ByteBuf frames(EncodedBatch batch) {
    if (framing == Framing.LF && isOfLines(batch)) {
      return lines(batch);
    }
    int perFrame = framing == Framing.LF ? 1 : LONGEST_COUNT;
    ByteBuf out =
        PooledByteBufAllocator.DEFAULT.ioBuffer(batch.totalBytes() + perFrame * batch.size());
    byte[] bytes = batch.array();
    for (int i = 0; i < batch.size(); i++) {
      int from = batch.start(i);
      int to = batch.end(i);
      if (framing == Framing.LF) {
        writeLine(bytes, from, to, out);
        out.writeByte('\n');
      } else {
        writeCount(to - from, out);
        out.writeBytes(bytes, from, to - from);
      }
    }
    return out;
  }

  /**
   * Whether each line is followed by its line feed, ahead of the next line. One line alone proves
   * nothing: what stands behind it may be anything.
   */
  private static boolean isOfLines(EncodedBatch batch) {
    int size = batch.size();
    byte[] bytes = batch.array();
    for (int i = 0; i < size; i++) {
      int end = batch.end(i);
      boolean fed = end < bytes.length && bytes[end] == '\n';
      if (!fed || (i + 1 < size && batch.start(i + 1) <= end)) {
        return false;
      }
    }
    return size > 1;
  }

  /** Runs of lines that lie side by side, each in one piece. */
  private static ByteBuf lines(EncodedBatch batch) {
    byte[] bytes = batch.array();
    int last = batch.size() - 1;
    int from = batch.start(0);
    if (batch.end(last) - from == batch.totalBytes() + last) {
      return Unpooled.wrappedBuffer(bytes, from, batch.end(last) + 1 - from);
    }
    ByteBuf out = PooledByteBufAllocator.DEFAULT.ioBuffer(batch.totalBytes() + batch.size());
    for (int i = 0; i <= last; i++) {
      int end = batch.end(i) + 1;
      if (i == last || batch.start(i + 1) != end) {
        out.writeBytes(bytes, from, end - from);
        from = i == last ? end : batch.start(i + 1);
      }
    }
    return out;
  }

  private static void writeLine(byte[] bytes, int from, int to, ByteBuf out) {
    int begin = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        out.writeBytes(bytes, begin, i - begin).writeByte(' ');
        begin = i + 1;
      }
    }
    out.writeBytes(bytes, begin, to - begin);
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
