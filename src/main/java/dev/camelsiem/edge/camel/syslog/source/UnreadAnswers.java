package dev.camelsiem.edge.camel.syslog.source;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;

/**
 * Ends a connection whose sender does not read what it is answered, when the system's buffers are
 * full of it: what comes on top would be held here without end. TLS alone answers each of its key
 * updates, so somebody who sends nothing else could fill the memory. To be the first in a pipeline.
 */
final class UnreadAnswers extends ChannelInboundHandlerAdapter {
  /** With what Netty counts for each piece: some hundred small ones. */
  private static final WriteBufferWaterMark MOST = new WriteBufferWaterMark(8_192, 16_384);

  private final Runnable end;

  /**
   * @param end closes the connection and tells why; on the thread of the connection
   */
  UnreadAnswers(Channel channel, Runnable end) {
    channel.config().setWriteBufferWaterMark(MOST);
    this.end = end;
  }

  /** What one read gives is answered before anything goes out, so the buffers are asked then. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Channel channel = context.channel();
    if (!channel.isWritable()) {
      channel
          .eventLoop()
          .execute(
              () -> {
                if (channel.isActive() && !channel.isWritable()) {
                  end.run();
                }
              });
    }
    context.fireChannelWritabilityChanged();
  }
}
