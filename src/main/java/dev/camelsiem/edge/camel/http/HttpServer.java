package dev.camelsiem.edge.camel.http;

import dev.camelsiem.edge.camel.intake.CamelResources;
import dev.camelsiem.edge.camel.intake.ConnectionLimiter;
import dev.camelsiem.edge.camel.intake.LogLimit;
import dev.camelsiem.edge.camel.intake.Slots;
import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import dev.camelsiem.supervise.Supervision;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One address and port: what its connections share, and the paths behind it. Thread-safe. */
final class HttpServer {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** HTTP/2 may carry many requests over few connections: not more than so many a place. */
  private static final int REQUESTS_A_CONNECTION = 2;

  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private final ServerSettings settings;
  private final CamelContext context;
  private final Map<String, Site> sites = new ConcurrentHashMap<>();
  private final UnfinishedBudget budget;
  private final Slots connections;
  private final Slots requests;
  private final LogLimit refused = new LogLimit();
  private final LogLimit broken = new LogLimit();
  private final LogLimit withdrawn = new LogLimit();
  private final Unanswered unanswered = new Unanswered();
  private @Nullable Listener listener;
  private volatile @Nullable Workers workers;

  HttpServer(ServerSettings settings, CamelContext context) {
    this.settings = settings;
    this.context = context;
    budget = new UnfinishedBudget(settings.maxInFlightBytes());
    int most = settings.maxConnections();
    int same = settings.maxConnectionsPerAddress();
    connections = new Slots(new ConnectionLimiter(most, same));
    requests =
        new Slots(
            new ConnectionLimiter(
                Math.multiplyExact(most, REQUESTS_A_CONNECTION),
                Math.multiplyExact(same, REQUESTS_A_CONNECTION)));
  }

  ServerSettings settings() {
    return settings;
  }

  UnfinishedBudget budget() {
    return budget;
  }

  Slots connections() {
    return connections;
  }

  Slots requests() {
    return requests;
  }

  Unanswered unanswered() {
    return unanswered;
  }

  // --- paths

  /**
   * Makes a path known; one of the same owner is replaced, as when a route starts again.
   *
   * @throws IllegalArgumentException when somebody else has it
   */
  void add(Site site) {
    Site before = sites.get(site.path());
    if (before != null && before.owner() != site.owner()) {
      throw new IllegalArgumentException(
          "siem-http-source: another route has the path %s on %s already: set another `path`"
              .formatted(site.path(), settings.key()));
    }
    sites.put(site.path(), site);
  }

  void remove(Site site) {
    sites.remove(site.path(), site);
  }

  boolean hasNoSites() {
    return sites.isEmpty();
  }

  /** What is behind a path, with or without a slash at its end. */
  @Nullable Site site(String path) {
    Site exact = sites.get(path);
    return exact == null && path.endsWith("/")
        ? sites.get(path.substring(0, path.length() - 1))
        : exact;
  }

  Collection<Site> sites() {
    return sites.values();
  }

  // --- life

  /**
   * Listens, if it doesn't yet.
   *
   * @throws IllegalStateException when the port can't be had, naming the remedy
   */
  synchronized void open() throws InterruptedException {
    if (listener != null) {
      return;
    }
    SslContext tls =
        settings.tls().isSet()
            ? settings.tls().build(CamelResources.of(context), Connections.PROTOCOLS)
            : null;
    workers = new Workers();
    Listener opening = new Listener(settings, new Connections(this, tls));
    boolean opened = false;
    try {
      opening.open();
      listener = opening;
      opened = true;
    } finally {
      if (!opened) {
        end(opening);
      }
    }
  }

  /** Closes the port when no route behind it needs it any more. */
  synchronized void closeIfUnused() {
    Listener closing = listener;
    if (closing == null || sites.values().stream().anyMatch(site -> site.way().needsPort())) {
      return;
    }
    listener = null;
    end(closing);
  }

  private void end(Listener closing) {
    Workers ending = workers;
    workers = null;
    try {
      boolean unused = unanswered.awaitNone(LONGEST_FAREWELL);
      if (ending != null) {
        ending.close();
        unused = unanswered.awaitNone(LAST_ANSWERS);
      }
      closing.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  synchronized @Nullable String url() {
    Listener listening = listener;
    return listening == null
        ? null
        : (settings.tls().isSet() ? "https://" : "http://") + listening.address();
  }

  /** Hands a whole body to a worker; false when too many wait, or the server ends. */
  boolean submit(Job job, boolean isLarge) {
    Workers running = workers;
    return running != null && running.submit(job, isLarge);
  }

  /** Nobody waits for the answer any more: it is not begun, unless it has been. */
  void withdraw(Job job) {
    Workers running = workers;
    if (running != null && running.withdraw(job) && withdrawn.count()) {
      LOG.warn(
          "A request was not begun: its sender has gone before its turn ({} so far)",
          withdrawn.total());
    }
  }

  // --- connections

  /** One connection was too many. */
  void refused(SocketChannel channel, InetAddress address) {
    if (refused.count()) {
      LOG.warn(
          "connection from {} refused: at most {} connections, {} from one address, are taken ({}"
              + " refused so far, {} idle ones have given way; see maxConnections)",
          address.getHostAddress(),
          settings.maxConnections(),
          settings.maxConnectionsPerAddress(),
          refused.total(),
          connections.gaveWay());
    }
    var unused = channel.close(); // it is gone either way
  }

  /** A connection ends with a failure, whosever it is. */
  void failed(String origin, Throwable failure) {
    if (failure instanceof Error) {
      Supervision.failed("siem-http-connection", failure, "the connection is closed");
    } else if (failure instanceof IOException) {
      LOG.debug("{} closed: {}", origin, failure.toString()); // reset by peer, TLS alert
    } else {
      broken(origin, failure);
    }
  }

  /** A connection ended with a failure that is not the network's. */
  void broken(String origin, Throwable failure) {
    if (broken.count()) {
      LOG.warn("{} closed: {} ({} so far)", origin, failure.toString(), broken.total());
    }
  }

  /** Connections that were refused so far. */
  long refusedConnections() {
    return refused.total();
  }
}
