package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.syslog.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP or TLS connection: bytes to frames, frames to the queue; pauses when it is told to. */
final class StreamHandler extends ChannelInboundHandlerAdapter implements BatchQueue.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);

  private final SyslogListening listening;
  private final FrameSink sink;
  private final FrameReader frames;
  private String origin = "";
  private boolean insideFrame;
  private volatile @Nullable Channel channel;

  StreamHandler(SyslogListening listening) {
    this.listening = listening;
    int maxFrame = listening.limits().maxFrameBytes();
    sink = new FrameSink(maxFrame);
    frames = new FrameReader(listening.framing(), maxFrame, sink);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    origin = listening.origin(context.channel().remoteAddress());
    listening.opened(context.channel());
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    boolean good;
    try {
      int count = buffer.readableBytes();
      byte[] room = frames.room(count);
      buffer.readBytes(room, frames.position(), count);
      sink.begin(origin, System.currentTimeMillis());
      good = frames.received(count);
    } finally {
      buffer.release();
    }
    noteFrameState();
    sink.passOn(listening.queue(), this);
    if (!good) {
      listening.brokenStream(origin);
      close(context);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    sink.begin(origin, System.currentTimeMillis());
    frames.end();
    sink.passOn(listening.queue(), this);
    noteFrameState();
    listening.closed(context.channel(), this);
    context.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && context.channel().config().isAutoRead()) {
      LOG.debug("{} was silent for too long: closed", origin);
      close(context);
    } else if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      listening.handshakeFailed(context.channel().remoteAddress(), handshake.cause());
      close(context);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause.getCause() instanceof IOException) {
      LOG.debug("{} closed: {}", origin, cause.toString()); // reset by peer, TLS alert
    } else {
      LOG.warn("{} closed after an error", origin, cause);
    }
    close(context);
  }

  @Override
  public void pause() {
    setReading(false);
  }

  @Override
  public void resume() {
    setReading(true);
  }

  private void setReading(boolean reading) {
    Objects.requireNonNull(channel).config().setAutoRead(reading);
  }

  private static void close(ChannelHandlerContext context) {
    ChannelFuture unused = context.close(); // it is gone either way
  }

  private void noteFrameState() {
    if (frames.isInsideFrame() != insideFrame) {
      insideFrame = !insideFrame;
      if (insideFrame) {
        listening.inflight().begin();
      } else {
        listening.inflight().end();
      }
    }
  }

  /** Address and port for people and dead letters, such as {@code tcp://192.0.2.1:40000}. */
  static String origin(String scheme, @Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String host = inet.getAddress().getHostAddress();
      String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return scheme + "://" + shown + ":" + inet.getPort();
    }
    return scheme + "://" + address;
  }
}
