package dev.camelsiem.edge.camel.syslog.sink;

import dev.camelsiem.integration.delivery.Transport;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/** Tells a listener when the connection is up and how it ended. */
final class ConnectionWatch extends ChannelInboundHandlerAdapter {
  private final Transport.Listener listener;
  private final boolean tls;
  private boolean up;
  private @Nullable Throwable failure;

  ConnectionWatch(Transport.Listener listener, boolean tls) {
    this.listener = listener;
    this.tls = tls;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    if (!tls) {
      isUp();
    }
    super.channelActive(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      isUp();
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    failure = cause;
    super.exceptionCaught(ctx, cause);
    ChannelFuture unused = ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    if (up) {
      up = false;
      listener.disconnected(
          failure == null,
          failure == null ? "the peer closed the connection" : Failures.describe(failure));
    }
    super.channelInactive(ctx);
  }

  private void isUp() {
    up = true;
    listener.connected();
  }
}
