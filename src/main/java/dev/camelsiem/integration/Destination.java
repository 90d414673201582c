package dev.camelsiem.integration;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an integration listens and how messages are put on the wire. Immutable.
 *
 * @param address IPv4, IPv6 without brackets, or a host name
 * @param tls null for a connection in clear; never set for UDP
 * @param framing how messages are told apart on a stream; UDP needs none
 */
public record Destination(
    Protocol protocol,
    String address,
    int port,
    Framing framing,
    @Nullable Tls tls,
    Duration connectTimeout,
    Duration writeTimeout) {
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  public static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);

  /** Transport below; TLS is a setting of TCP. */
  public enum Protocol {
    TCP,
    UDP
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

  /** A URI for people: {@code tls://siem.example:6514}. */
  @Override
  public String toString() {
    String scheme = tls != null ? "tls" : protocol.name().toLowerCase(Locale.ROOT);
    String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    return scheme + "://" + host + ":" + port;
  }
}
