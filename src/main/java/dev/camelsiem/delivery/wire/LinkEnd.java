package dev.camelsiem.delivery.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Last in the pipeline of a connection: throws away what receivers say, since syslog has no
 * answers, and takes the failures of TLS.
 */
final class LinkEnd extends ChannelInboundHandlerAdapter {
  private final Link link;

  LinkEnd(Link link) {
    this.link = link;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    link.fail("the connection to " + link.peer() + " broke: " + Failures.describe(cause));
  }
}
