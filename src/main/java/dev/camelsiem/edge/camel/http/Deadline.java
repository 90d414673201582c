package dev.camelsiem.edge.camel.http;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one time that a connection waits for. For its network thread alone. */
final class Deadline {
  private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

  private @Nullable Future<?> future;

  /** Instead of the one before. */
  void set(ChannelHandlerContext context, long millis, Runnable what) {
    cancel();
    future = context.executor().schedule(what, millis, TimeUnit.MILLISECONDS);
  }

  void cancel() {
    if (future != null) {
      future.cancel(false);
      future = null;
    }
  }

  /**
   * Lets the network thread do something, whoever asks.
   *
   * @return false when that thread has ended, and the connection with it
   */
  static boolean onLoop(ChannelHandlerContext context, Runnable what) {
    try {
      context.executor().execute(what);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("a connection has ended before its answer", e);
      return false;
    }
  }
}
