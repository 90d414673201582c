package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.ListenerGuard;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open port and the threads of the network. When the port is lost or one of the threads dies, a
 * {@link ListenerGuard} opens all of it anew, until that works: it never lives deaf.
 */
final class Listener implements ListenerGuard.Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  static final String NAME = "siem-http-listener";
  private static final int LOOPS = 2;
  private static final int LONGEST_READ = 16 * 1024;
  private static final Duration END = Duration.ofSeconds(5);

  private final ServerSettings settings;
  private final Connections connections;
  private volatile boolean closing;
  private final ListenerGuard guard = new ListenerGuard(NAME, this);
  private @Nullable Opened opened;
  private volatile int port;

  private record Opened(
      EventLoopGroup boss, EventLoopGroup loops, Channel port, ChannelGroup all) {}

  Listener(ServerSettings settings, Connections connections) {
    this.settings = settings;
    this.connections = connections;
    port = settings.port();
  }

  /**
   * @throws IllegalStateException when the port can't be had
   */
  synchronized void open() throws InterruptedException {
    opened = listen();
  }

  /** Host and port, with the port that was found. */
  String address() {
    String host = settings.host();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public boolean areWanted() {
    return !closing;
  }

  @Override
  public void died(IOException how) {
    LOG.warn("{}: no events are taken until it is open again", address());
  }

  @Override
  public synchronized void reopen(Channel dead) throws InterruptedException {
    Opened lost = opened;
    opened = null;
    if (lost != null) {
      end(lost);
    }
    if (!closing) {
      opened = listen();
      LOG.info("listens again on {}", address());
    }
  }

  private Opened listen() throws InterruptedException {
    EventLoopGroup boss =
        new NioEventLoopGroup(1, new DefaultThreadFactory("siem-http-boss", true));
    EventLoopGroup loops =
        new NioEventLoopGroup(LOOPS, new DefaultThreadFactory("siem-http-loop", true));
    ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(boss, loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.RCVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(512, 2048, LONGEST_READ))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32_768, 65_536))
            .childHandler(connections.initializer(all));
    ChannelFuture bound = bootstrap.bind(new InetSocketAddress(settings.host(), port)).await();
    if (!bound.isSuccess()) {
      Future<?> unused = boss.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      Future<?> unusedToo = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IllegalStateException(
          ("siem-http-source: can't listen on %s: %s; set another `port` (or `host`), or end the"
                  + " program that has it")
              .formatted(address(), bound.cause().getMessage()),
          bound.cause());
    }
    port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
    guard.listens(bound.channel());
    loops.forEach(each -> guard.watch(bound.channel(), each));
    return new Opened(boss, loops, bound.channel(), all);
  }

  /** Closes the port first, then what is connected. */
  void close() throws InterruptedException {
    closing = true;
    synchronized (this) {
      Opened last = opened;
      opened = null;
      if (last != null) {
        end(last);
      }
    }
  }

  private void end(Opened last) throws InterruptedException {
    boolean closed =
        ListenerGuard.closeAbandoned(last.port()) || last.port().close().await(END.toMillis());
    boolean gone = last.all().close().await(END.toMillis());
    Future<?> boss = last.boss().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    Future<?> loops = last.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    boolean ended = boss.await(END.toMillis()) && loops.await(END.toMillis());
    boolean left = ListenerGuard.closeAbandoned(last.port()); // it may have died just now
    connections.letOrphansGo();
    if (!(closed || left) || !gone || !ended) {
      LOG.warn("The threads of {} do not end", last.port());
    }
  }
}
