package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * In front of the TLS engine: gives it whole records only, and keeps what came of the next one in a
 * buffer of its size, which is in the budget of all connections. The engine would keep the whole
 * buffer of the read. What is no record goes to the engine, which refuses it.
 */
final class TlsRecordMeter extends ChannelInboundHandlerAdapter {
  /** A record says its length in its fourth and fifth byte (RFC 8446 5.1). */
  private static final int HEADER = 5;

  private static final int LENGTH_AT = 3;
  private static final int FIRST_TYPE = 20;
  private static final int LAST_TYPE = 24;
  private static final int MAJOR_VERSION = 3;

  private final UnfinishedBudget.Holding holding;

  /** What came of a record that is not complete. */
  private @Nullable ByteBuf kept;

  /** Bytes that the engine got since the first that is no record: it may keep them. */
  private long strange;

  private boolean gaveWay;

  /**
   * @param holding of what it keeps; when that gives way, the connection ends
   */
  TlsRecordMeter(UnfinishedBudget.Holding holding) {
    this.holding = holding;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    try {
      while (buffer.isReadable() && !gaveWay) {
        take(context, buffer);
      }
    } finally {
      buffer.release();
    }
    if (!holding.hold(kept == null ? strange : kept.capacity())) {
      gaveWay = true; // what is left of a record nobody can read, and the connection is closed
      drop();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    drop();
    context.fireChannelInactive();
    holding.close();
  }

  /** Also when it was taken out without an end. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    drop();
    holding.close();
  }

  private void take(ChannelHandlerContext context, ByteBuf buffer) {
    if (strange > 0 || (kept == null && isStrange(buffer))) {
      strange += buffer.readableBytes();
      context.fireChannelRead(buffer.readRetainedSlice(buffer.readableBytes()));
      return;
    }
    if (kept != null) {
      complete(context, kept, buffer);
      return;
    }
    int whole = wholeRecords(buffer);
    if (whole > 0) {
      context.fireChannelRead(buffer.readRetainedSlice(whole));
    } else {
      int rest = Math.min(buffer.readableBytes(), missing(buffer));
      // Not pooled: should the thread die, nobody comes to give it back.
      kept = Unpooled.buffer(rest).writeBytes(buffer, rest);
    }
  }

  /** Bytes of whole records at the begin of the buffer. */
  private static int wholeRecords(ByteBuf buffer) {
    int at = buffer.readerIndex();
    while (buffer.writerIndex() - at >= HEADER && !isStrange(buffer, at)) {
      int next = at + length(buffer, at);
      if (next > buffer.writerIndex()) {
        break;
      }
      at = next;
    }
    return at - buffer.readerIndex();
  }

  /** Adds to what is kept as far as its record or header goes. */
  private void complete(ChannelHandlerContext context, ByteBuf record, ByteBuf buffer) {
    int more = missing(record) - record.readableBytes();
    record.writeBytes(buffer, Math.min(more, buffer.readableBytes()));
    if (record.readableBytes() < HEADER) {
      return;
    }
    boolean stranger = isStrange(record);
    if (stranger || record.readableBytes() == missing(record)) {
      strange += stranger ? record.readableBytes() : 0;
      kept = null;
      context.fireChannelRead(record);
    }
  }

  /** Bytes of the record, or of its header while that is not complete. */
  private static int missing(ByteBuf record) {
    int at = record.readerIndex();
    return record.readableBytes() < HEADER ? HEADER : length(record, at);
  }

  private static int length(ByteBuf buffer, int at) {
    return HEADER + buffer.getUnsignedShort(at + LENGTH_AT);
  }

  private static boolean isStrange(ByteBuf buffer) {
    return buffer.readableBytes() >= HEADER && isStrange(buffer, buffer.readerIndex());
  }

  private static boolean isStrange(ByteBuf buffer, int at) {
    int type = buffer.getUnsignedByte(at);
    return type < FIRST_TYPE || type > LAST_TYPE || buffer.getByte(at + 1) != MAJOR_VERSION;
  }

  private void drop() {
    if (kept != null) {
      kept.release();
      kept = null;
    }
  }
}
