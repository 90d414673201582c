package dev.camelsiem.delivery.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a stalled peer's kernel for a sign of life by a second connection that carries nothing. It
 * is held open, not repeated: each one that a hanging program does not accept fills its backlog, at
 * whose end its kernel would fall silent too. Lives on one event loop.
 */
final class Probe {
  private static final int DEADLY = 2;

  private final Supplier<Bootstrap> bootstrap;
  private final SocketAddress address;
  private @Nullable ChannelFuture connecting;
  private int timeouts;

  /**
   * @param bootstrap gives one with a short keepalive, which watches the held connection, and with
   *     the event loop
   */
  Probe(Supplier<Bootstrap> bootstrap, SocketAddress address) {
    this.bootstrap = bootstrap;
    this.address = address;
  }

  /** Asks, unless the last question is still open. */
  void look() {
    ChannelFuture last = connecting;
    if (last == null || (last.isDone() && !last.channel().isActive())) {
      connecting = bootstrap.get().handler(new Ending()).connect(address);
      connecting.addListener((ChannelFuture done) -> connected(done));
    }
  }

  /** Whether nobody answered, twice in a row. A refusal is an answer. */
  boolean isDead() {
    return timeouts >= DEADLY;
  }

  /** Forgets what was asked. */
  void end() {
    timeouts = 0;
    if (connecting != null) {
      ChannelFuture unused = connecting.channel().close();
      connecting = null;
    }
  }

  private void connected(ChannelFuture done) {
    if (connecting != done) {
      ChannelFuture unused = done.channel().close();
    } else if (done.cause() == null) {
      timeouts = 0;
    } else {
      failed(done.cause());
    }
  }

  private void failed(Throwable cause) {
    boolean nobody =
        cause instanceof ConnectTimeoutException || cause instanceof NoRouteToHostException;
    timeouts = nobody ? timeouts + 1 : 0;
  }

  /** The held connection has ended. */
  private final class Ending extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(io.netty.channel.ChannelHandlerContext ctx, Throwable cause) {
      String message = cause.getMessage();
      if (message != null && message.contains("timed out")) {
        timeouts++;
      }
      Channel ended = ctx.channel();
      ChannelFuture unused = ended.close();
    }
  }
}
