package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import dev.camelsiem.flow.syslog.FrameReader;
import dev.camelsiem.supervise.Supervision;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP or TLS connection: bytes to frames, frames to the queue.
 *
 * <p>When the queue pauses it, nothing more is read and nothing more is cut: what has come waits as
 * bytes, also when the connection ends meanwhile. What it holds is in the budget of all
 * connections; when it is told to give way, that becomes a dead letter and the connection is
 * closed.
 */
final class StreamHandler extends ChannelInboundHandlerAdapter implements BatchQueue.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);

  private final SyslogListening listening;
  private final FrameSink sink;
  private final FrameReader frames;
  private final UnfinishedBudget.Holding holding;
  private volatile @Nullable Channel channel;

  // Of the event loop's thread only.
  private String origin = "";
  private boolean insideFrame;
  private boolean paused;
  private boolean inactive;
  private boolean finished;

  StreamHandler(SyslogListening listening) {
    this.listening = listening;
    int maxFrame = listening.limits().maxFrameBytes();
    sink = new FrameSink(maxFrame);
    frames = new FrameReader(listening.framing(), maxFrame, sink);
    holding = listening.unfinished().open(this::giveWay);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    origin = listening.origin(context.channel().remoteAddress());
    listening.opened(context.channel(), this);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    try {
      int count = buffer.readableBytes();
      boolean grows = frames.heldBytes() > 0;
      if (finished || (grows && !holding.hold(frames.heldBytesWith(count)))) {
        return; // gave way, and is being closed
      }
      byte[] room = frames.room(count);
      buffer.readBytes(room, frames.position(), count);
      frames.append(count);
    } finally {
      buffer.release();
    }
    cut();
  }

  /** As much as the queue takes; the rest when the queue says so. */
  private void cut() {
    boolean good = true;
    while (good && frames.hasUncut() && !paused) {
      sink.begin(origin, System.currentTimeMillis());
      good = frames.cut();
      sink.passOn(listening.queue(), this);
    }
    noteFrameState();
    if (!good) {
      listening.brokenStream(origin);
      close();
    }
    holding.hold(frames.heldBytes()); // is told to give way when that is too much
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    inactive = true;
    if (!paused || !frames.hasUncut() || !listening.isRunning()) {
      finish();
    }
    context.fireChannelInactive();
  }

  /** The thread of the connection is gone: nobody else calls any more. */
  void orphaned() {
    inactive = true;
    finish();
  }

  /** Nothing more comes: the rest is cut, and passed on even when the queue is full. */
  private void finish() {
    if (finished) {
      return;
    }
    finished = true;
    sink.begin(origin, System.currentTimeMillis());
    frames.end();
    sink.passOn(listening.queue(), this);
    holding.close();
    noteFrameState();
    listening.closed(Objects.requireNonNull(channel), this);
  }

  /** On the thread of whoever needs room. */
  private void giveWay(long bytes) {
    onLoop(() -> abandon(bytes));
  }

  private void abandon(long bytes) {
    if (finished) {
      return;
    }
    sink.begin(origin, System.currentTimeMillis());
    frames.giveUp();
    listening.gaveWay(origin, bytes);
    finish();
    close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && context.channel().config().isAutoRead()) {
      LOG.debug("{} was silent for too long: closed", origin);
      close();
    } else if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      listening.handshakeFailed(context.channel().remoteAddress(), handshake.cause());
      close();
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Error) {
      Supervision.failed("siem-syslog-source", cause, origin + " is closed");
    } else if (cause instanceof IOException || cause.getCause() instanceof IOException) {
      LOG.debug("{} closed: {}", origin, cause.toString()); // reset by peer, TLS alert
    } else {
      LOG.warn("{} closed after an error", origin, cause);
    }
    close();
  }

  /** By this connection's own thread, when it adds to the queue. */
  @Override
  public void pause() {
    paused = true;
    setReading(false);
  }

  /** By the queue's thread. */
  @Override
  public void resume() {
    EventLoop loop = Objects.requireNonNull(channel).eventLoop();
    try {
      loop.execute(this::goOn);
    } catch (RejectedExecutionException e) {
      goOn(); // the loop is gone, and with it the thread that this belonged to
    }
  }

  private void goOn() {
    paused = false;
    if (!finished) {
      cut();
    }
    if (!paused && inactive) {
      finish();
    } else if (!paused) {
      setReading(true);
    }
  }

  private void onLoop(Runnable work) {
    EventLoop loop = Objects.requireNonNull(channel).eventLoop();
    if (loop.inEventLoop()) {
      work.run();
      return;
    }
    try {
      loop.execute(work);
    } catch (RejectedExecutionException e) {
      work.run(); // the loop is gone, and with it the thread that this belonged to
    }
  }

  private void setReading(boolean reading) {
    Objects.requireNonNull(channel).config().setAutoRead(reading);
  }

  private void close() {
    close(Objects.requireNonNull(channel));
  }

  private static void close(Channel channel) {
    ChannelFuture unused = channel.close(); // it is gone either way
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
