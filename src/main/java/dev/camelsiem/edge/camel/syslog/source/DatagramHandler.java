package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.flow.syslog.FrameReader;
import dev.camelsiem.flow.syslog.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP socket: each datagram holds one event or several lines. When the queue is full it is not
 * read, so that the kernel's buffer fills, and the kernel counts what it drops.
 */
final class DatagramHandler extends ChannelDuplexHandler implements BatchQueue.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramHandler.class);

  private final SyslogListening listening;
  private final FrameSink sink;
  private final FrameReader frames;
  private volatile @Nullable StreamSocket socket;
  private @Nullable InetSocketAddress lastSender;
  private String lastOrigin = "";

  DatagramHandler(SyslogListening listening) {
    this.listening = listening;
    int maxFrame = listening.limits().maxFrameBytes();
    sink = new FrameSink(maxFrame);
    frames = new FrameReader(Framing.LF, maxFrame, sink);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    socket = new StreamSocket(context.channel());
    listening.bound(context.channel());
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    sink.passOn(listening.queue());
    listening.flush(this);
    context.fireChannelInactive();
  }

  /** The kernel forgets its count with the socket, so it is read before. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    listening.noteKernelDrops();
    ChannelFuture unused = context.close(promise); // the promise tells who asked
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    try {
      ByteBuf content = packet.content();
      int count = content.readableBytes();
      byte[] room = frames.room(count);
      content.readBytes(room, frames.position(), count);
      sink.begin(origin(packet.sender()), System.currentTimeMillis());
      frames.received(count);
      frames.end();
      if (sink.isFull()) {
        passOn();
      }
    } finally {
      packet.release();
    }
  }

  /** Several datagrams may come with one read; they enter the queue together. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    passOn();
    context.fireChannelReadComplete();
  }

  /** A socket that is the only one of its queue waits for room, never for a turn. */
  private void passOn() {
    BatchQueue queue = listening.queue();
    sink.passOn(queue);
    boolean unused = queue.mustWait(this, 0);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.warn("a datagram could not be read", cause);
  }

  @Override
  public InetAddress sender() {
    return InetAddress.getLoopbackAddress(); // nobody else takes turns
  }

  @Override
  public boolean usedUp() {
    return false;
  }

  @Override
  public boolean hasGiven() {
    return false;
  }

  @Override
  public void pause() {
    Objects.requireNonNull(socket).setReading(false);
  }

  /** Under the queue's lock, perhaps when the socket's thread is gone: then it throws nothing. */
  @Override
  public void resume(int share) {
    Objects.requireNonNull(socket).setReading(true);
    listening.queue().over(this, false);
  }

  private String origin(InetSocketAddress sender) {
    if (!sender.equals(lastSender)) {
      lastSender = sender;
      lastOrigin = Origins.of("udp", sender);
    }
    return lastOrigin;
  }
}
