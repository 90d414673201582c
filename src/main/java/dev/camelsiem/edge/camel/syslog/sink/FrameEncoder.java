package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.integration.Destination.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/**
 * Puts a whole batch into one write (RFC 6587). With LF framing a line break inside an event
 * becomes a blank: one frame out for each event in, whoever made the event.
 */
@Sharable
final class FrameEncoder extends MessageToByteEncoder<EncodedBatch> {
  private static final int LONGEST_COUNT = 11;

  private final Framing framing;

  FrameEncoder(Framing framing) {
    super(EncodedBatch.class, true);
    this.framing = framing;
  }

  @Override
  protected ByteBuf allocateBuffer(
      ChannelHandlerContext ctx, EncodedBatch batch, boolean preferDirect) {
    int perFrame = framing == Framing.LF ? 1 : LONGEST_COUNT;
    return ctx.alloc().ioBuffer(batch.totalBytes() + perFrame * batch.size());
  }

  @Override
  protected void encode(ChannelHandlerContext ctx, EncodedBatch batch, ByteBuf out) {
    write(batch, out);
  }

  /** The frames of a batch, one after the other. */
  void write(EncodedBatch batch, ByteBuf out) {
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
