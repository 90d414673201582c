package dev.camelsiem.edge.camel.http;

import dev.camelsiem.tls.ServerTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The options of {@code siem-http-source}, as its Kamelet sets them. Times are milliseconds. */
public final class HttpSettings {
  private static final long USUAL_MOST = 128L << 20;
  private static final int HEAP_PART = 4;

  private String host = "127.0.0.1";
  private int port = 8080;
  private String path = "/events";
  private Accepts accepts = Accepts.events;
  private @Nullable String username;
  private @Nullable String password;
  private @Nullable String credentialsFile;
  private boolean allowAnonymous;
  private @Nullable String allowedHosts;
  private boolean allowCrossSite;
  private int maxBodyBytes = 10 << 20;
  private int maxUnpackedBytes = 50 << 20;
  private int maxRatio = 100;
  private int maxEventBytes = 256 * 1024;
  private int maxEvents = 100_000;
  private long maxInFlightBytes;
  private int batchSize = 500;
  private int batchBytes = 1 << 20;
  private int maxConnections = 1000;
  private int maxConnectionsPerAddress = 100;
  private long headerTimeout = 10_000;
  private long readTimeout = 60_000;
  private long idleTimeout = 60_000;
  private boolean http2;
  private int maxStreams = 100;
  private int retryAfter = 5;
  private String deadLetters = "kamelet:siem-deadletter-sink";
  private final ServerTls tls = new ServerTls();

  /**
   * @throws IllegalArgumentException naming the option that cannot be
   */
  ServerSettings server() {
    return new ServerSettings(
        host,
        port,
        maxConnections,
        maxConnectionsPerAddress,
        headerTimeout,
        idleTimeout,
        http2,
        maxStreams,
        inFlightBytes(),
        tls);
  }

  private long inFlightBytes() {
    return maxInFlightBytes > 0
        ? maxInFlightBytes
        : Math.min(USUAL_MOST, Runtime.getRuntime().maxMemory() / HEAP_PART);
  }

  /** No larger body may wait for its turn. */
  private int bodyBytes() {
    long most = inFlightBytes() / 2;
    if (maxInFlightBytes > 0 && maxBodyBytes > most) {
      throw new IllegalArgumentException(
          ("siem-http-source: maxBodyBytes is %d, but a body over half of maxInFlightBytes, %d, could"
                  + " never wait for its turn; set maxBodyBytes to %d or less, or maxInFlightBytes"
                  + " to %d or more")
              .formatted(maxBodyBytes, maxInFlightBytes, most, 2L * maxBodyBytes));
    }
    return (int) Math.min(maxBodyBytes, most); // where the heap is small
  }

  /**
   * @throws IllegalArgumentException naming the option that cannot be
   */
  HttpLimits limits() {
    return new HttpLimits(
        bodyBytes(),
        maxUnpackedBytes,
        maxRatio,
        maxEventBytes,
        maxEvents,
        readTimeout,
        batchSize,
        batchBytes);
  }

  /**
   * Nobody's events are taken from the network unless that was said in so many words.
   *
   * @throws IllegalArgumentException when credentials are set in part, or are missing
   */
  Credentials credentials() {
    Credentials credentials = Credentials.of(username, password, credentialsFile);
    if (!credentials.areRequired() && !allowAnonymous && !isLoopback()) {
      throw new IllegalArgumentException(
          ("siem-http-source: the server listens on %s and anybody may send; set username and"
                  + " password, or host=127.0.0.1, or allowAnonymous=true")
              .formatted(host));
    }
    return credentials;
  }

  /**
   * The path, and what is behind it.
   *
   * @throws IllegalArgumentException naming the option that cannot be
   */
  Site site(Object owner, Way way) {
    Credentials credentials = credentials();
    HostRules hosts = hostRules(credentials.areRequired());
    return new Site(owner, path(), credentials, hosts, limits(), accepts(), retryAfter(), way);
  }

  HostRules hostRules(boolean credentialsAreRequired) {
    boolean guarded = credentialsAreRequired && !isLoopback();
    return HostRules.of(host, guarded, allowedHosts, allowCrossSite);
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // whatever it is, it is not known to be harmless
    }
  }

  String path() {
    if (!path.startsWith("/") || path.length() > 1 && path.endsWith("/")) {
      throw new IllegalArgumentException(
          "siem-http-source: path must begin with / and not end with one, not " + path);
    }
    return path;
  }

  Accepts accepts() {
    return accepts;
  }

  String retryAfter() {
    HttpLimits.positive("retryAfter", retryAfter);
    return String.valueOf(retryAfter);
  }

  String deadLetters() {
    return deadLetters;
  }

  public void setHost(String host) {
    this.host = host;
  }

  /** 0 finds a free one. */
  public void setPort(int port) {
    this.port = port;
  }

  public void setPath(String path) {
    this.path = path;
  }

  public void setAccepts(Accepts accepts) {
    this.accepts = accepts;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public void setCredentialsFile(String credentialsFile) {
    this.credentialsFile = credentialsFile;
  }

  public void setAllowAnonymous(boolean allowAnonymous) {
    this.allowAnonymous = allowAnonymous;
  }

  /** Names that requests may call us by, separated by commas; {@code *} is any. */
  public void setAllowedHosts(String allowedHosts) {
    this.allowedHosts = allowedHosts;
  }

  public void setAllowCrossSite(boolean allowCrossSite) {
    this.allowCrossSite = allowCrossSite;
  }

  public void setMaxBodyBytes(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  public void setMaxUnpackedBytes(int maxUnpackedBytes) {
    this.maxUnpackedBytes = maxUnpackedBytes;
  }

  public void setMaxRatio(int maxRatio) {
    this.maxRatio = maxRatio;
  }

  public void setMaxEventBytes(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  public void setMaxEvents(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  /** 0 is a quarter of the heap, at most 128 MiB. */
  public void setMaxInFlightBytes(long maxInFlightBytes) {
    this.maxInFlightBytes = maxInFlightBytes;
  }

  public void setBatchSize(int batchSize) {
    this.batchSize = batchSize;
  }

  public void setBatchBytes(int batchBytes) {
    this.batchBytes = batchBytes;
  }

  public void setMaxConnections(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  public void setMaxConnectionsPerAddress(int maxConnectionsPerAddress) {
    this.maxConnectionsPerAddress = maxConnectionsPerAddress;
  }

  public void setHeaderTimeout(long headerTimeout) {
    this.headerTimeout = headerTimeout;
  }

  public void setReadTimeout(long readTimeout) {
    this.readTimeout = readTimeout;
  }

  public void setIdleTimeout(long idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  /** HTTP/2 without TLS; with TLS it is always offered. */
  public void setHttp2(boolean http2) {
    this.http2 = http2;
  }

  public void setMaxStreams(int maxStreams) {
    this.maxStreams = maxStreams;
  }

  /** Seconds. */
  public void setRetryAfter(int retryAfter) {
    this.retryAfter = retryAfter;
  }

  public void setDeadLetters(String deadLetters) {
    this.deadLetters = deadLetters;
  }

  /** Used when it names a key. */
  public ServerTls getTls() {
    return tls;
  }
}
