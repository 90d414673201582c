package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.intake.ListenerGuard;
import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import dev.camelsiem.flow.syslog.Framing;
import dev.camelsiem.supervise.Supervision;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramChannel;
import java.net.SocketAddress;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.component.netty.NettyConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of one listener share: limits, the queue, and counts of what went wrong. */
final class SyslogListening {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogListening.class);
  private static final long DROPS_SECONDS = 10;
  private static final int BATCHES_AHEAD = 2;

  /** A UDP sender cannot be held back, so more may wait before the kernel has to drop. */
  private static final int DATAGRAM_BATCHES_AHEAD = 20;

  private final NettyConsumer consumer;
  private final String scheme;
  private final Framing framing;
  private final SyslogLimits limits;
  private final SyslogConnections connections;
  private final UnfinishedBudget unfinished;
  private final InflightMark inflight;
  private final BatchQueue queue;
  private final ListenerGuard guard;
  private final AtomicLong waiting = new AtomicLong();
  private final DropCount drops = new DropCount();

  SyslogListening(
      NettyConsumer consumer,
      String scheme,
      Framing framing,
      SyslogLimits limits,
      Delivery delivery) {
    this.consumer = consumer;
    this.scheme = scheme;
    this.framing = framing;
    this.limits = limits;
    connections = new SyslogConnections(limits);
    unfinished = new UnfinishedBudget(limits.maxUnfinishedBytes());
    CamelContext context = consumer.getContext();
    inflight =
        new InflightMark(context, consumer.getRouteId(), () -> consumer.createExchange(false));
    queue =
        new BatchQueue(
            limits,
            isDatagram() ? DATAGRAM_BATCHES_AHEAD : BATCHES_AHEAD,
            context
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(consumer, "siem-syslog-source"),
            System::nanoTime,
            delivery,
            inflight);
    guard =
        new ListenerGuard(
            SyslogSockets.NAME,
            new SyslogSockets(consumer, isDatagram(), connections::letOrphansGo));
    consumer.getConfiguration().setChannelGroup(SyslogSockets.channels(guard));
  }

  boolean isDatagram() {
    return scheme.equals("udp");
  }

  Framing framing() {
    return framing;
  }

  SyslogLimits limits() {
    return limits;
  }

  BatchQueue queue() {
    return queue;
  }

  /** Complete events of a connection hold so many more or fewer bytes that wait for the queue. */
  void waits(long more) {
    if (more != 0) {
      waiting.addAndGet(more);
    }
  }

  /** Whether so much waits as bytes that nobody should read much. */
  boolean isBehind() {
    return waiting.get() >= limits.maxUnfinishedBytes() / 2;
  }

  UnfinishedBudget unfinished() {
    return unfinished;
  }

  Channel listeningChannel() {
    return guard.listeningChannel();
  }

  InflightMark inflight() {
    return inflight;
  }

  String origin(@Nullable SocketAddress address) {
    return Origins.of(scheme, address);
  }

  /** Datagrams the kernel has dropped so far; {@link KernelDrops#UNKNOWN} where it never told. */
  long kernelDrops() {
    noteKernelDrops();
    return drops.total();
  }

  SyslogConnections connections() {
    return connections;
  }

  /** A thread of connections, which is part of what listens. */
  void watch(Channel channel) {
    guard.watch(channel, channel.eventLoop());
  }

  /** Camel closes the connections it knows of when the route stops. */
  void opened(Channel channel) {
    consumer.getNettyServerBootstrapFactory().addChannel(channel);
  }

  void closed(Channel channel, BatchQueue.Reader reader) {
    connections.over(channel);
    consumer.getNettyServerBootstrapFactory().removeChannel(channel);
    flush(reader);
  }

  /** After the last read of a connection: when it is us who stop, nothing waits any longer. */
  void flush(BatchQueue.Reader reader) {
    queue.forget(reader);
    if (!consumer.isRunAllowed()) {
      queue.flush();
    }
  }

  // --- datagrams ------------------------------------------------------------------------------

  /** Says what receive buffer was granted, and watches what the kernel drops. */
  void bound(Channel channel) {
    guard.listens(channel);
    int asked = consumer.getConfiguration().getReceiveBufferSize();
    int granted = ((DatagramChannel) channel).config().getReceiveBufferSize();
    LOG.info("udp receive buffer: asked for {} bytes, granted {}", asked, granted);
    if (granted < asked) {
      LOG.warn(
          "the kernel grants less receive buffer than asked for; raise it with"
              + " `sysctl -w net.core.rmem_max={}`",
          asked);
    }
    drops.begin(KernelDrops.count(port()));
    ScheduledFuture<?> watch =
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                Supervision.task("siem-syslog-drops", this::noteKernelDrops),
                DROPS_SECONDS,
                DROPS_SECONDS,
                TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> watch.cancel(false));
  }

  /** Looks at the kernel's count and says when it has grown. */
  void noteKernelDrops() {
    long more = drops.note(KernelDrops.count(port()));
    if (more > 0) {
      LOG.warn(
          "the kernel dropped {} datagrams on udp port {} ({} since the start): they came faster"
              + " than they were read",
          more,
          port(),
          drops.total());
    }
  }

  private int port() {
    return consumer.getConfiguration().getPort();
  }
}
