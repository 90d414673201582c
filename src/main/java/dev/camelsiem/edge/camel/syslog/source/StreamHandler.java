package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.supervise.Supervision;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Netty tells of one TCP or TLS connection. */
final class StreamHandler extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);

  private final SyslogConnections connections;
  private final SyslogStream stream;
  private final boolean tls;

  StreamHandler(SyslogConnections connections, SyslogStream stream, boolean tls) {
    this.connections = connections;
    this.stream = stream;
    this.tls = tls;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    stream.begin();
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    try {
      stream.read(buffer);
    } finally {
      buffer.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    stream.readComplete();
    context.fireChannelReadComplete();
  }

  /** Whoever closes it, it is us: Netty goes another way when the sender ends TCP. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    stream.endsFor(WhyGivenUp.STOPPED);
    ChannelFuture unused = context.close(promise); // the promise tells who asked
  }

  /** Without TLS the end of the stream is the sender's; with TLS anybody could have made it. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (tls) {
      stream.endsFor(WhyGivenUp.BROKEN_OFF); // no more when it has said goodbye
    }
    stream.ended();
    context.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && context.channel().config().isAutoRead()) {
      LOG.debug("{} was silent for too long: closed", stream.origin());
      stream.end(WhyGivenUp.SILENT);
    } else if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
      stream.saidGoodbye();
    } else if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      connections.handshakeFailed(stream.origin(), handshake.cause());
      stream.end(WhyGivenUp.BROKEN_OFF);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Error) {
      Supervision.failed("siem-syslog-source", cause, stream.origin() + " is closed");
    } else if (cause instanceof IOException || cause.getCause() instanceof IOException) {
      LOG.debug("{} closed: {}", stream.origin(), cause.toString()); // reset by peer, TLS alert
    } else {
      LOG.warn("{} closed after an error", stream.origin(), cause);
    }
    stream.end(WhyGivenUp.BROKEN_OFF);
  }
}
