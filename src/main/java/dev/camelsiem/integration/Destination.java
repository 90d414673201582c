package dev.camelsiem.integration;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an integration listens and how messages are put on the wire. Immutable.
 *
 * @param endpoints never empty: the first is the one to use, the others are tried in order when it
 *     fails; for Kafka the bootstrap servers
 * @param topic Kafka's; null for every other protocol
 * @param tls null for a connection in clear; never set for UDP
 * @param framing how messages are told apart on a stream; UDP and Kafka need none
 */
public record Destination(
    Protocol protocol,
    List<HostPort> endpoints,
    @Nullable String topic,
    Framing framing,
    @Nullable Tls tls,
    Duration connectTimeout,
    Duration writeTimeout) {
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  public static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

  public Destination {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("a destination needs an endpoint");
    }
  }

  /** A syslog receiver at one place. */
  public Destination(
      Protocol protocol,
      String address,
      int port,
      Framing framing,
      @Nullable Tls tls,
      Duration connectTimeout,
      Duration writeTimeout) {
    this(
        protocol,
        List.of(new HostPort(address, port)),
        null,
        framing,
        tls,
        connectTimeout,
        writeTimeout);
  }

  /** The host of the first endpoint. */
  public String address() {
    return endpoints.get(0).host();
  }

  /** The port of the first endpoint. */
  public int port() {
    return endpoints.get(0).port();
  }

  /** Transport below; TLS is a setting of TCP and KAFKA. */
  public enum Protocol {
    TCP,
    UDP,
    KAFKA
  }

  /** RFC 6587. */
  public enum Framing {
    /** A line feed after each message (3.4.2). */
    LF,
    /** The length in bytes and a blank before each message (3.4.1). */
    OCTET_COUNT
  }

  /**
   * How the connection is protected. File names are as written: the edge opens them.
   *
   * @param caFile certificates to trust instead of the JVM's own: PEM, or a key store by its ending
   *     {@code .p12}, {@code .pfx} or {@code .jks}
   * @param caPassword of that key store; never printed
   * @param certificateFile PEM certificate chain to show to the SIEM
   * @param keyFile PEM PKCS#8 key of that certificate
   * @param keyPassword for an encrypted key; never printed
   * @param verifyHost whether the certificate must name the address
   */
  public record Tls(
      @Nullable String caFile,
      @Nullable String caPassword,
      @Nullable String certificateFile,
      @Nullable String keyFile,
      @Nullable String keyPassword,
      boolean verifyHost) {
    /** Without the password. */
    @Override
    public String toString() {
      return "Tls[ca="
          + caFile
          + ", certificate="
          + certificateFile
          + ", verify="
          + verifyHost
          + "]";
    }
  }

  /** A URI for people: {@code tls://siem.example:6514}, {@code kafka://192.0.2.1:9092/events}. */
  @Override
  public String toString() {
    String plain = protocol.name().toLowerCase(Locale.ROOT);
    String secure = protocol == Protocol.KAFKA ? "kafka+tls" : "tls";
    String places = endpoints.stream().map(HostPort::toString).collect(Collectors.joining(","));
    return (tls == null ? plain : secure) + "://" + places + (topic == null ? "" : "/" + topic);
  }
}
