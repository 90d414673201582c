package dev.camelsiem.edge.camel.syslog.sink;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer takes nothing any more: not one byte of what waits within the
 * time. A slow peer that takes a little is left alone, unlike with a time limit per write.
 */
final class WriteStallHandler extends ChannelOutboundHandlerAdapter {
  private final Duration patience;
  private int openWrites;
  private long lastProgressAt;
  private long lastSeen = -1;
  private @Nullable Future<?> watch;

  WriteStallHandler(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
      throws Exception {
    openWrites++;
    promise.addListener(
        done -> {
          openWrites--;
          lastProgressAt = System.nanoTime();
        });
    if (watch == null) {
      lastProgressAt = System.nanoTime();
      long period = Math.max(10, patience.toMillis() / 4);
      watch =
          ctx.executor()
              .scheduleWithFixedDelay(() -> look(ctx), period, period, TimeUnit.MILLISECONDS);
    }
    super.write(ctx, message, promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stop();
  }

  private void look(ChannelHandlerContext ctx) {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    if (openWrites == 0 || buffer == null) {
      stop();
      return;
    }
    long seen = buffer.totalPendingWriteBytes() - buffer.currentProgress();
    long now = System.nanoTime();
    if (seen != lastSeen) {
      lastSeen = seen;
      lastProgressAt = now;
    } else if (now - lastProgressAt > patience.toNanos()) {
      stop();
      ctx.fireExceptionCaught(
          new IOException("the peer took nothing for " + patience.toMillis() + " ms"));
      ChannelFuture unused = ctx.close();
    }
  }

  private void stop() {
    if (watch != null) {
      watch.cancel(false);
      watch = null;
    }
    lastSeen = -1;
  }
}
