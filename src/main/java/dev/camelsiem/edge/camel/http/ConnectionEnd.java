package dev.camelsiem.edge.camel.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left of an HTTP/2 connection behind its streams: frames of the connection, failures. */
final class ConnectionEnd extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionEnd.class);

  private final HttpServer server;
  private final Peer peer;

  ConnectionEnd(HttpServer server, Peer peer) {
    this.server = server;
    this.peer = peer;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message); // settings, pings and the like: they were answered
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("{} closed: {}", peer.origin(), cause.toString());
    } else {
      server.broken(peer.origin(), cause);
    }
    var unused = context.close();
  }
}
