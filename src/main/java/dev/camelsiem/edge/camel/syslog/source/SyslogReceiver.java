package dev.camelsiem.edge.camel.syslog.source;

import dev.camelsiem.edge.camel.DeadLetters;
import dev.camelsiem.edge.camel.intake.CamelResources;
import dev.camelsiem.flow.syslog.Framing;
import dev.camelsiem.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import java.util.Locale;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a camel-netty consumer into a syslog listener: set it as the endpoint's {@code
 * serverInitializerFactory}. Exchanges carry {@code List<RawEvent>} and no headers.
 *
 * <p>The route runs on a thread of its own, never on a network thread, so it may send to any other
 * netty endpoint and may block.
 */
public final class SyslogReceiver extends ServerInitializerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogReceiver.class);
  private static final int LARGEST_FRAME = 1 << 20;
  private static final long LONGEST_TIMEOUT = 10_000;
  private static final long BATCH_BYTES = 1 << 20;

  /** Half-sent events take no more than this part of the heap, unless a setting says otherwise. */
  private static final int HEAP_PART = 16;

  private String protocol = "tcp";
  private String framing = "auto";
  private int maxFrameBytes = 262_144;
  private int batchSize = 500;
  private long batchTimeout = 50;
  private int maxConnections = 1000;
  private int maxConnectionsPerAddress = 100;
  private long maxUnfinishedBytes;
  private int idleTimeout = 600;
  private int retries = 10;
  private long retryDelay = 500;
  private String deadLetters = "kamelet:siem-deadletter-sink";
  private final ServerTls tls = new ServerTls();
  private @Nullable SyslogListening listening;

  /** {@code tcp}, {@code tls} or {@code udp}. */
  public void setProtocol(String protocol) {
    this.protocol = protocol.toLowerCase(Locale.ROOT);
  }

  /** {@code auto}, {@code lf} or {@code octet-counting}. */
  public void setFraming(String framing) {
    this.framing = framing;
  }

  public void setMaxFrameBytes(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  public void setBatchSize(int batchSize) {
    this.batchSize = batchSize;
  }

  /** Milliseconds. */
  public void setBatchTimeout(long batchTimeout) {
    this.batchTimeout = batchTimeout;
  }

  public void setMaxConnections(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  public void setMaxConnectionsPerAddress(int maxConnectionsPerAddress) {
    this.maxConnectionsPerAddress = maxConnectionsPerAddress;
  }

  /** Bytes that half-sent events of all connections hold at most; 0: a sixteenth of the heap. */
  public void setMaxUnfinishedBytes(long maxUnfinishedBytes) {
    this.maxUnfinishedBytes = maxUnfinishedBytes;
  }

  /** Seconds; 0 never closes a silent connection. */
  public void setIdleTimeout(int idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  /** How often a batch is tried again before it goes to the dead letters; -1 is for ever. */
  public void setRetries(int retries) {
    this.retries = retries;
  }

  /** Milliseconds before the first retry; each pause is twice the one before, at most a minute. */
  public void setRetryDelay(long retryDelay) {
    this.retryDelay = retryDelay;
  }

  public void setDeadLetters(String deadLetters) {
    this.deadLetters = deadLetters;
  }

  /** Used only with protocol {@code tls}. */
  public ServerTls getTls() {
    return tls;
  }

  /** Datagrams that the kernel dropped before we could read them; -1 where it does not tell. */
  public long kernelDrops() {
    return running().kernelDrops();
  }

  /** Connections that were one too many. */
  public long refusedConnections() {
    return running().connections().refused();
  }

  /** Connections that gave no event for longest and were closed for new ones. */
  public long lostPlaces() {
    return running().connections().lostPlaces();
  }

  /** Senders that could not agree with us on TLS. */
  public long failedHandshakes() {
    return running().connections().failedHandshakes();
  }

  /** Connections that were closed since half-sent events held too much, and theirs the most. */
  public long gaveWay() {
    return running().unfinished().gaveWay();
  }

  /** What half-sent events hold now. */
  public long unfinishedBytes() {
    return running().unfinished().heldBytes();
  }

  /** The most that half-sent events ever held. */
  long mostUnfinishedBytes() {
    return running().unfinished().mostHeldBytes();
  }

  /** The channel that takes connections or datagrams, for tests. */
  Channel listeningChannel() {
    return running().listeningChannel();
  }

  /** Bytes of events that wait for the route. */
  public long waitingBytes() {
    return running().queue().waitingBytes();
  }

  /** Connections that are not read since they wait for the route. */
  int waitingConnections() {
    return running().queue().waitingReaders();
  }

  /** What waits for the route really holds. */
  public long heldBytes() {
    return running().queue().heldBytes();
  }

  private SyslogListening running() {
    if (listening == null) {
      throw new IllegalStateException("the listener was not started yet");
    }
    return listening;
  }

  @Override
  public ServerInitializerFactory createPipelineFactory(NettyConsumer consumer) {
    SyslogLimits limits = limits();
    Framing chosen = framing();
    SslContext context =
        protocol.equals("tls") ? tls.build(CamelResources.of(consumer.getContext())) : null;
    DeadLetters outlet = new DeadLetters(deadLetters);
    addService(consumer, outlet);
    Delivery delivery = new Delivery(consumer, outlet, retries, Math.max(1, retryDelay));
    SyslogListening created = new SyslogListening(consumer, protocol, chosen, limits, delivery);
    listening = created;
    LOG.info(
        "siem-syslog-source listens on {}://{}, framing {}, {}, retries {}, dead letters to {}",
        protocol,
        consumer.getConfiguration().getAddress(),
        framing,
        limits,
        retries,
        ObjectHelper.isEmpty(deadLetters) ? "nowhere" : deadLetters);
    return new SyslogPipeline(created, context);
  }

  /** Only a consumer's own factory sets up channels. */
  @Override
  protected void initChannel(Channel channel) {
    throw new IllegalStateException("no consumer");
  }

  private SyslogLimits limits() {
    atLeast("maxFrameBytes", maxFrameBytes, 1);
    if (maxFrameBytes > LARGEST_FRAME) {
      throw new IllegalArgumentException(
          "maxFrameBytes is " + maxFrameBytes + "; at most " + LARGEST_FRAME + " are possible");
    }
    atLeast("batchSize", batchSize, 1);
    atLeast("batchTimeout", batchTimeout, 1);
    if (batchTimeout > LONGEST_TIMEOUT) {
      throw new IllegalArgumentException(
          "batchTimeout is " + batchTimeout + " ms; at most " + LONGEST_TIMEOUT + " are possible");
    }
    atLeast("maxConnections", maxConnections, 1);
    atLeast("maxConnectionsPerAddress", maxConnectionsPerAddress, 1);
    atLeast("idleTimeout", idleTimeout, 0);
    atLeast("retries", retries, -1);
    return new SyslogLimits(
        maxFrameBytes,
        batchSize,
        BATCH_BYTES,
        batchTimeout,
        maxConnections,
        maxConnectionsPerAddress,
        unfinishedBytes(maxUnfinishedBytes, maxFrameBytes),
        idleTimeout);
  }

  /** At least what two of the longest events need, or nobody could send one. */
  private static long unfinishedBytes(long set, int maxFrame) {
    long least = 4L * maxFrame;
    if (set == 0) {
      return Math.max(least, Runtime.getRuntime().maxMemory() / HEAP_PART);
    }
    atLeast("maxUnfinishedBytes", set, least);
    return set;
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + "; the least is " + least);
    }
  }

  private Framing framing() {
    return switch (framing.toLowerCase(Locale.ROOT)) {
      case "auto" -> Framing.AUTO;
      case "lf" -> Framing.LF;
      case "octet-counting" -> Framing.OCTET_COUNTING;
      default ->
          throw new IllegalArgumentException(
              "framing is `" + framing + "`; it can be `auto`, `lf` or `octet-counting`");
    };
  }

  private static void addService(NettyConsumer consumer, DeadLetters deadLetters) {
    try {
      consumer.getContext().addService(deadLetters);
    } catch (Exception e) {
      throw new IllegalStateException("dead letters cannot be set up", e);
    }
  }
}
