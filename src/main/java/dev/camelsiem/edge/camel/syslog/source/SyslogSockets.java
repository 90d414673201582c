package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.ListenerGuard;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.ChannelMatcher;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.NettyServerBootstrapFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of Camel's Netty consumer, opened again when they die. Thread-safe. */
final class SyslogSockets implements ListenerGuard.Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogSockets.class);
  static final String NAME = "siem-syslog-listener";

  private final NettyConsumer consumer;
  private final boolean datagrams;
  private final Runnable orphans;

  /**
   * @param orphans lets go of what connections hold whose thread is gone
   */
  SyslogSockets(NettyConsumer consumer, boolean datagrams, Runnable orphans) {
    this.consumer = consumer;
    this.datagrams = datagrams;
    this.orphans = orphans;
  }

  /** Where Camel puts the channels of the consumer: so the listening one is known. */
  static DefaultChannelGroup channels(ListenerGuard guard) {
    return new DefaultChannelGroup(NAME, ImmediateEventExecutor.INSTANCE) {
      @Override
      public boolean add(Channel channel) {
        boolean added = super.add(channel);
        if (added && (channel instanceof ServerChannel || channel instanceof DatagramChannel)) {
          guard.listens(channel); // at once: whoever opens it looks whether it is still open
        }
        return added;
      }

      @Override
      public ChannelGroupFuture close(ChannelMatcher matcher) {
        for (Channel channel : this) {
          if (ListenerGuard.closeAbandoned(channel)) {
            remove(channel); // whoever waits for its end would wait for ever
          }
        }
        return super.close(matcher);
      }
    };
  }

  @Override
  public boolean areWanted() {
    return consumer.isRunAllowed();
  }

  @Override
  public void died(IOException how) {
    consumer.getExceptionHandler().handleException(how);
  }

  @Override
  public void threadEnded() {
    orphans.run();
  }

  @Override
  public void reopen(Channel dead) throws IOException {
    NettyServerBootstrapFactory sockets = consumer.getNettyServerBootstrapFactory();
    if (consumer.isRunAllowed()) {
      if (ListenerGuard.closeAbandoned(dead)) {
        sockets.removeChannel(dead); // whoever waits for its end would wait for ever
      }
      sockets.stop();
      probe();
      sockets.start();
      LOG.info("listens again on {}", consumer.getConfiguration().getAddress());
    }
    if (!consumer.isRunAllowed()) {
      sockets.stop(); // the consumer was stopped meanwhile
    }
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
