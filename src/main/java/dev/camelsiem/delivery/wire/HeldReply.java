package dev.camelsiem.delivery.wire;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what TLS answers by itself until something else is written or a while has passed: a
 * peer that has said its end and is gone would answer it with a reset, as if it had left something
 * unread. Stands below TLS; all but {@link #established} on the event loop.
 */
final class HeldReply extends ChannelDuplexHandler {
  private final long nanos;
  private volatile boolean established;
  private boolean reading;
  private @Nullable Object reply;
  private @Nullable ChannelPromise written;

  HeldReply(WireLimits limits) {
    nanos = limits.trailing().toNanos();
  }

  /** The handshake is over, whose messages must not wait. */
  void established() {
    established = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    reading = true;
    try {
      ctx.fireChannelRead(message);
    } finally {
      reading = false;
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (reading && established && reply == null) {
      reply = message;
      written = promise;
      Future<?> unused = ctx.executor().schedule(() -> send(ctx), nanos, TimeUnit.NANOSECONDS);
    } else {
      send(ctx);
      ChannelFuture unused = ctx.write(message, promise);
    }
  }

  private void send(ChannelHandlerContext ctx) {
    Object message = reply;
    ChannelPromise promise = written;
    reply = null;
    if (message != null && promise != null) {
      ChannelFuture unused = ctx.writeAndFlush(message, promise);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      drop();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    drop();
  }

  private void drop() {
    ReferenceCountUtil.release(reply);
    reply = null;
    if (written != null) {
      boolean unused = written.trySuccess();
    }
  }
}
