package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * In front of the TLS engine, which keeps what came of a record until all of it is there: that is
 * in the budget of all connections, too. A record says its length in its fourth and fifth byte (RFC
 * 8446 5.1); what is no record the engine refuses.
 */
final class TlsRecordMeter extends ChannelInboundHandlerAdapter {
  private static final int HEADER = 5;
  private static final int LENGTH_AT = 3;

  private final SyslogListening listening;
  private final UnfinishedBudget.Holding holding;
  private volatile @Nullable ChannelHandlerContext context;

  /** Bytes of the current record that have come. */
  private int have;

  /** Length that its header says. */
  private int length;

  TlsRecordMeter(SyslogListening listening) {
    this.listening = listening;
    holding = listening.unfinished().open(this::giveWay);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    walk(buffer);
    int room = have == 0 ? 0 : Math.max(buffer.capacity(), 2 * Integer.highestOneBit(have));
    if (holding.hold(room)) {
      from.fireChannelRead(message);
    } else {
      buffer.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    from.fireChannelInactive();
    holding.close();
  }

  /** To the end of what came, from record to record. */
  private void walk(ByteBuf buffer) {
    int at = buffer.readerIndex();
    while (at < buffer.writerIndex()) {
      if (have < HEADER) {
        int next = buffer.getUnsignedByte(at++);
        length = have >= LENGTH_AT ? (length << 8 | next) & 0xffff : 0;
        have++;
      } else {
        int more = Math.min(HEADER + length - have, buffer.writerIndex() - at);
        at += more;
        have += more;
      }
      if (have >= HEADER && have == HEADER + length) {
        have = 0;
      }
    }
  }

  private void giveWay(long bytes) {
    ChannelHandlerContext own = context;
    if (own != null) {
      listening.gaveWay(listening.origin(own.channel().remoteAddress()), bytes);
      ChannelFuture unused = own.channel().close(); // on its own thread
    }
  }
}
