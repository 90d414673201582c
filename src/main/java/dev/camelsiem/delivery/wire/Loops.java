package dev.camelsiem.delivery.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/** The threads that move bytes: Linux epoll where it can be had, else the JDK's own selector. */
final class Loops implements AutoCloseable {
  /**
   * Longest pause in seconds between the signs of life that our kernel asks of the peer's while
   * something is outstanding.
   */
  private static final int LONGEST_PAUSE = 5;

  /** TCP_RTO_MAX_MS of IPPROTO_TCP. */
  private static final IntegerUnixChannelOption RTO_MAX =
      new IntegerUnixChannelOption("TCP_RTO_MAX_MS", 6, 44);

  private static final boolean NEW_KERNEL = isAtLeast(System.getProperty("os.version", ""), 6, 15);

  private final EventLoopGroup group;
  private final boolean epoll;

  Loops(int threads) {
    this(threads, Epoll.isAvailable());
  }

  Loops(int threads, boolean epoll) {
    this.epoll = epoll;
    DefaultThreadFactory factory = new DefaultThreadFactory("siem-wire", true);
    group =
        epoll ? new EpollEventLoopGroup(threads, factory) : new NioEventLoopGroup(threads, factory);
  }

  /** For TCP connections; the kernel itself finds an idle peer dead after {@code idle + 15} s. */
  Bootstrap stream(int connectMillis, int idleSeconds) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true);
    // No TCP_USER_TIMEOUT: it also ends connections whose peer is alive with a closed window.
    if (epoll) {
      bootstrap
          .option(EpollChannelOption.TCP_KEEPIDLE, idleSeconds)
          .option(EpollChannelOption.TCP_KEEPINTVL, LONGEST_PAUSE)
          .option(EpollChannelOption.TCP_KEEPCNT, 3);
      if (hasShortPauses()) {
        bootstrap.option(RTO_MAX, LONGEST_PAUSE * 1_000);
      }
    } else {
      bootstrap
          .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idleSeconds)
          .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), LONGEST_PAUSE)
          .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3);
    }
    return bootstrap;
  }

  /**
   * Whether a peer's kernel that is alive is heard of at least every few seconds while something is
   * outstanding, so that silence alone says that it is dead: on Linux 6.15 and newer.
   */
  boolean hasShortPauses() {
    return epoll && NEW_KERNEL;
  }

  Bootstrap datagrams() {
    return new Bootstrap()
        .group(group)
        .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
        .option(ChannelOption.SO_SNDBUF, 4 << 20);
  }

  /** Compares the first two numbers of a version such as {@code 6.18.44-x}. */
  static boolean isAtLeast(String version, int major, int minor) {
    int dot = version.indexOf('.');
    int found = number(version, 0);
    return found > major || (found == major && dot > 0 && number(version, dot + 1) >= minor);
  }

  private static int number(String text, int from) {
    int value = 0;
    for (int i = from; i < text.length() && i < from + 5; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        break;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  /** Returns at once; connections end with their transports. */
  @Override
  public void close() {
    Future<?> unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
