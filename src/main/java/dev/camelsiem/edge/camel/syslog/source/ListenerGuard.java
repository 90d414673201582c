package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.supervise.SupervisedLoop;
import dev.camelsiem.supervise.Supervision;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.ChannelMatcher;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.NettyServerBootstrapFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a listener again that died though nobody stopped it. Netty lets one of its threads end with
 * an error (no memory, for one), and closes a listening socket that could not be read; the port may
 * look open then, and nothing arrives any more.
 *
 * <p>A death is counted and logged by {@link Supervision} and told to the consumer's exception
 * handler; then the consumer's sockets are closed and opened again, until that works or the
 * consumer stops. Thread-safe.
 */
final class ListenerGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerGuard.class);
  static final String NAME = "siem-syslog-listener";

  private final NettyConsumer consumer;
  private final boolean datagrams;
  private final Runnable orphans;
  private final Set<EventExecutor> watched = Collections.newSetFromMap(new WeakHashMap<>());
  private volatile @Nullable Channel listening;
  private boolean opening;

  /**
   * @param orphans lets go of what connections hold whose thread is gone
   */
  ListenerGuard(NettyConsumer consumer, boolean datagrams, Runnable orphans) {
    this.consumer = consumer;
    this.datagrams = datagrams;
    this.orphans = orphans;
  }

  /** Where Camel puts the channels of the consumer: so the listening one is known. */
  DefaultChannelGroup channels() {
    return new DefaultChannelGroup(NAME, ImmediateEventExecutor.INSTANCE) {
      @Override
      public boolean add(Channel channel) {
        boolean added = super.add(channel);
        if (added && (channel instanceof ServerChannel || channel instanceof DatagramChannel)) {
          listens(channel); // at once: whoever opens it looks whether it is still open
        }
        return added;
      }

      @Override
      public ChannelGroupFuture close(ChannelMatcher matcher) {
        for (Channel channel : this) {
          if (closeAbandoned(channel)) {
            remove(channel); // whoever waits for its end would wait for ever
          }
        }
        return super.close(matcher);
      }
    };
  }

  /** A channel that takes connections or datagrams. */
  void listens(Channel channel) {
    synchronized (this) {
      if (listening == channel) {
        return;
      }
      listening = channel;
    }
    channel.closeFuture().addListener(closed -> died(channel, "its socket was closed", null));
    watchThreads(channel);
  }

  Channel listeningChannel() {
    return Objects.requireNonNull(listening, "not started");
  }

  /** Watches the thread of a channel and those beside it, once each. */
  void watchThreads(Channel channel) {
    synchronized (this) {
      if (!watched.add(channel.eventLoop())) {
        return;
      }
    }
    channel.eventLoop().terminationFuture().addListener(ended -> threadEnded(channel, ended));
  }

  private void threadEnded(Channel channel, Future<?> ended) {
    died(channel, "one of its threads ended", ended.cause());
  }

  private void died(Channel channel, String how, @Nullable Throwable cause) {
    synchronized (this) {
      if (opening || !consumer.isRunAllowed() || isOfBefore(channel)) {
        return;
      }
      opening = true;
    }
    IOException failure = new IOException("the listener died: " + how, cause);
    Supervision.failed(NAME, failure, "it is opened again");
    consumer.getExceptionHandler().handleException(failure);
    SupervisedLoop unused = SupervisedLoop.start(NAME, this::open);
  }

  /** Of sockets that were closed since. */
  private boolean isOfBefore(Channel channel) {
    Channel now = listening;
    return now != channel && now != channel.parent();
  }

  /** Tried again when it throws. */
  private void open() throws IOException {
    NettyServerBootstrapFactory sockets = consumer.getNettyServerBootstrapFactory();
    Channel dead = listening;
    if (consumer.isRunAllowed()) {
      if (dead != null && closeAbandoned(dead)) {
        sockets.removeChannel(dead); // whoever waits for its end would wait for ever
      }
      orphans.run();
      sockets.stop();
      probe();
      sockets.start();
      LOG.info("listens again on {}", consumer.getConfiguration().getAddress());
    }
    synchronized (this) {
      opening = false;
    }
    Channel now = listening;
    if (!consumer.isRunAllowed()) {
      sockets.stop(); // the consumer was stopped meanwhile
    } else if (now != null && !now.isOpen()) {
      died(now, "its socket was closed", null);
    }
  }

  /** Netty closes no socket whose thread is gone, and it would keep the port. */
  static boolean closeAbandoned(Channel channel) {
    boolean abandoned = channel.eventLoop().isShutdown() && channel.isOpen();
    if (abandoned) {
      channel.unsafe().closeForcibly();
    }
    return abandoned;
  }

  /** Throws when the port cannot be had: Camel would leave threads behind with each attempt. */
  private void probe() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(
            consumer.getConfiguration().getHost(), consumer.getConfiguration().getPort());
    if (datagrams) {
      try (DatagramSocket socket = new DatagramSocket(null)) {
        socket.setReuseAddress(consumer.getConfiguration().isReuseAddress());
        socket.bind(address);
      }
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(consumer.getConfiguration().isReuseAddress());
      socket.bind(address);
    }
  }
}
