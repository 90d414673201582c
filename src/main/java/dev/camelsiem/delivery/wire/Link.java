package dev.camelsiem.delivery.wire;

import dev.camelsiem.delivery.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, first in its pipeline so that it sees what the socket says, before TLS does. One
 * thread uses it; its event loop and whoever calls {@link #close} may come between.
 */
final class Link extends ChannelInboundHandlerAdapter {
  private final WireLimits limits;
  private final LinkState state;
  private final PeerEnd peerEnd = new PeerEnd();
  private final String peer;
  private final long begunAt = System.nanoTime();
  private volatile @Nullable Channel channel;
  private volatile @Nullable SslHandler tls;

  // Guarded by this.
  private long unwritten;
  private boolean halfClosing;
  private long halfClosedAt;
  private boolean halfClosed;
  private boolean finished;
  private long finishedAt;
  private @Nullable IOException failure;

  /**
   * To be made right before the connection is.
   *
   * @param peer its name, for errors
   */
  Link(String peer, WireLimits limits, Transport.Listener listener) {
    this.peer = peer;
    this.limits = limits;
    state = new LinkState(listener);
  }

  /** To be called once, when the connection stands. */
  void established(Channel connected, @Nullable SslHandler handler) {
    channel = connected;
    tls = handler;
  }

  String peer() {
    return peer;
  }

  /** What is done with the connection, for the listener. */
  LinkState state() {
    return state;
  }

  /** Writes frames, which are released; waits first while too much is unwritten. */
  void write(ByteBuf frames) throws IOException, InterruptedException {
    Channel to = connected();
    int bytes = frames.readableBytes();
    boolean taken = false;
    try {
      synchronized (this) {
        while (unwritten > limits.unwritten() && !isOver()) {
          wait();
        }
        check();
        unwritten += bytes;
      }
      taken = true;
    } finally {
      if (!taken) {
        frames.release();
      }
    }
    ChannelFuture unused =
        to.writeAndFlush(frames)
            .addListener(done -> written(bytes, done.cause(), "cannot write to "));
  }

  /** Waits until the operating system has taken all. */
  synchronized void flush() throws IOException, InterruptedException {
    while (unwritten > 0 && !isOver()) {
      wait();
    }
    check();
  }

  /** Says that nothing more will come, behind all that was written. Does not wait. */
  void halfClose() throws IOException {
    Channel to = connected();
    synchronized (this) {
      check();
      halfClosing = true;
    }
    // Listened to before it goes out: the peer may answer the end of TLS at once.
    ChannelPromise told = to.newPromise().addListener(done -> shutdownOutput(to, done.cause()));
    SslHandler secure = tls;
    ChannelFuture unused =
        secure != null ? secure.closeOutbound(told) : to.writeAndFlush(Unpooled.EMPTY_BUFFER, told);
  }

  /**
   * Waits for the peer's answer to our half-close.
   *
   * @return nanoseconds from our half-close to the answer, or -1 when none came in time
   * @throws IOException when the connection ended in any other way
   */
  synchronized long awaitFin(Duration atMost) throws IOException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!finished && failure == null) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return -1;
      }
      wait(left);
    }
    check();
    return finishedAt - halfClosedAt;
  }

  /**
   * Nanoseconds from before it was made to the peer's answer, which must have come. This process
   * may have been held up at any point of it: so long or less was the peer's patience tried.
   */
  synchronized long lifetime() {
    return finishedAt - begunAt;
  }

  /** Whether the operating system has taken all, the half-close included. */
  synchronized boolean isHalfClosed() {
    return halfClosed;
  }

  /** Whether it can be written to. */
  synchronized boolean isOpen() {
    return !isOver() && !halfClosing;
  }

  private synchronized void check() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  /** How the peer ended it. */
  PeerEnd peerEnd() {
    return peerEnd;
  }

  /** Ends it; whoever waits gets an exception. Never waits. */
  void close() {
    boolean idle;
    peerEnd.forget();
    synchronized (this) {
      if (finished) {
        return; // closed where the peer's end was heard of
      }
      idle = unwritten == 0 && !halfClosing && !isOver();
    }
    SslHandler secure = tls;
    if (secure != null && idle) {
      Future<?> unused = secure.closeOutbound(); // goes out ahead of the close, if it can
    }
    fail("the connection to " + peer + " was closed");
  }

  void fail(String why) {
    fail(new LinkFailure(why));
  }

  private void fail(IOException why) {
    broke(why);
    over(false, why);
  }

  /** The peer's end came without ours. */
  private void endedByPeer(ChannelHandlerContext ctx) {
    IOException why =
        new LinkFailure(peer + " closed the connection before it had read to the end");
    peerEnd.came();
    broke(why);
    Future<?> unused =
        ctx.executor()
            .schedule(
                () -> over(Farewell.isClean(ctx.channel()), why),
                limits.trailing().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private synchronized void broke(IOException why) {
    if (!isOver()) {
      failure = why;
      state.leave();
    }
    notifyAll();
  }

  private void over(boolean inOrder, IOException why) {
    peerEnd.judge(inOrder, Failures.describe(why));
    Channel open = channel;
    if (open != null) {
      ChannelHandlerContext first = open.pipeline().context(this);
      // From the first handler on: TLS would want to say goodbye to a peer that does not listen.
      ChannelFuture unused = first == null ? open.close() : first.close();
    }
  }

  /** Whether something of the peer is waited for. */
  synchronized boolean isWaiting() {
    return unwritten > 0 || (halfClosing && !finished);
  }

  private void shutdownOutput(Channel to, @Nullable Throwable cause) {
    if (cause != null) {
      halfClosed(cause);
    } else {
      Farewell.say(to, this::halfClosed);
    }
  }

  private void halfClosed(@Nullable Throwable cause) {
    written(0, cause, "cannot finish writing to ");
    synchronized (this) {
      halfClosed = cause == null;
      halfClosedAt = System.nanoTime();
    }
  }

  private void written(int bytes, @Nullable Throwable cause, String what) {
    synchronized (this) {
      unwritten -= bytes;
      if (!halfClosing) {
        notifyAll(); // later only the peer's end is waited for
      }
    }
    if (cause != null) {
      fail(new IOException(what + peer + ": " + Failures.describe(cause), cause));
    }
  }

  private boolean isOver() {
    return failure != null || finished;
  }

  private Channel connected() throws IOException {
    Channel open = channel;
    if (open == null) {
      throw new IOException("not connected to " + peer);
    }
    return open;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      boolean answer = Farewell.isAnswer(ctx.channel(), tls != null);
      synchronized (this) {
        answer &= halfClosed && failure == null;
        if (answer && !finished) {
          finished = true;
          finishedAt = System.nanoTime();
        }
        notifyAll();
      }
      if (answer) {
        ChannelFuture unused = ctx.close();
      } else {
        endedByPeer(ctx);
      }
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    fail(
        new IOException(
            "the connection to " + peer + " broke: " + Failures.describe(cause), cause));
    super.exceptionCaught(ctx, cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    fail("the connection to " + peer + " has ended");
    super.channelInactive(ctx);
  }
}
