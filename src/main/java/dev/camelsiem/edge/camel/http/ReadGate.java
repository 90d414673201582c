package dev.camelsiem.edge.camel.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Reads a connection as long as that is wanted and its sender takes what it is answered. TLS alone
 * answers each key update, and HTTP/2 each ping: to a sender that reads none of it such answers
 * would be held without end. One that is not read is silent, and ends as such. The first of a
 * pipeline; for the connection's network thread alone.
 */
final class ReadGate extends ChannelInboundHandlerAdapter {
  private boolean wanted = true;

  /** The gate of a connection. */
  static ReadGate of(Channel channel) {
    return channel.pipeline().get(ReadGate.class);
  }

  void setWanted(Channel channel, boolean now) {
    wanted = now;
    apply(channel);
  }

  private void apply(Channel channel) {
    channel.config().setAutoRead(wanted && channel.isWritable());
  }

  /** All that one read gave is answered, and has gone out as far as the system takes it. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    if (!context.channel().isWritable()) {
      apply(context.channel());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      apply(context.channel());
    }
    context.fireChannelWritabilityChanged();
  }
}
