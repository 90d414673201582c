package dev.camelsiem.edge.camel.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection that does nothing between requests, or takes too long over a head. While
 * requests are under way it does nothing: they have timers of their own. For the connection's
 * network thread alone.
 */
final class ConnectionTimer extends ChannelInboundHandlerAdapter {
  private final long headerMillis;
  private final long idleMillis;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> end;
  private int requests;
  private boolean headBegun;
  private boolean http2;

  ConnectionTimer(long headerMillis, long idleMillis) {
    this.headerMillis = headerMillis;
    this.idleMillis = idleMillis;
  }

  /** Bytes between requests are no beginning of a head there: pings, windows, settings. */
  void speaksHttp2() {
    http2 = true;
    rest();
  }

  /** A head is complete. */
  void begun() {
    requests++;
    headBegun = false;
    cancel();
  }

  /** A request is over. */
  void ended() {
    requests--;
    rest();
  }

  private void rest() {
    headBegun = false;
    if (requests == 0) {
      closeIn(idleMillis);
    }
  }

  private void closeIn(long millis) {
    cancel();
    ChannelHandlerContext own = context;
    if (own != null && own.channel().isActive()) {
      end =
          own.executor()
              .schedule(
                  () -> {
                    var unused = own.close();
                  },
                  millis,
                  TimeUnit.MILLISECONDS);
    }
  }

  private void cancel() {
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    rest();
    active.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    if (requests == 0 && !headBegun && !http2) {
      headBegun = true;
      closeIn(headerMillis);
    }
    reading.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    cancel();
    inactive.fireChannelInactive();
  }
}
