package dev.camelsiem.integration;

import dev.camelsiem.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * One place where a SIEM listens. Immutable.
 *
 * @param host IPv4, IPv6 without brackets, or a host name
 * @param port 1..65535
 */
public record HostPort(String host, int port) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads {@code HOST} or {@code HOST:PORT}; an IPv6 address stands in brackets when a port
   * follows.
   *
   * @throws IllegalArgumentException when {@link #problem} says so
   */
  static HostPort parse(String text, int defaultPort) {
    String problem = problem(text);
    if (problem != null) {
      throw new IllegalArgumentException(text + ": " + problem);
    }
    String stripped = text.strip();
    String port = port(stripped);
    return new HostPort(host(stripped), port == null ? defaultPort : Integer.parseInt(port));
  }

  /** What is wrong with the form, as a hint for people; null when it is right. */
  static @Nullable String problem(String text) {
    String stripped = text.strip();
    if (stripped.contains("://")) {
      return "leave out the scheme: `protocol` says it";
    }
    if (stripped.startsWith("[") && closing(stripped) < 0) {
      return "after the brackets comes `:PORT` or nothing";
    }
    if (stripped.startsWith("[") && host(stripped).indexOf(':') < 0) {
      return "brackets are for IPv6 addresses";
    }
    String port = port(stripped);
    if (port != null && !isPort(port)) {
      return "after the colon comes a port from 1 to 65535";
    }
    String host = host(stripped);
    return host.isEmpty() ? "the host is missing" : HostAddress.problem(host);
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static String host(String text) {
    if (text.startsWith("[")) {
      return text.substring(1, closing(text));
    }
    return port(text) == null ? text : text.substring(0, text.indexOf(':'));
  }

  /** The digits after the host, or null for none: several colons make an IPv6 address. */
  private static @Nullable String port(String text) {
    int colon = text.startsWith("[") ? closing(text) + 1 : text.indexOf(':');
    boolean only = text.startsWith("[") || colon == text.lastIndexOf(':');
    return colon > 0 && colon < text.length() && only ? text.substring(colon + 1) : null;
  }

  /** Where the bracket closes, or -1 when what follows it is no port. */
  private static int closing(String text) {
    int bracket = text.indexOf(']');
    boolean last = bracket == text.length() - 1;
    return bracket >= 0 && (last || text.charAt(bracket + 1) == ':') ? bracket : -1;
  }

  private static boolean isPort(String text) {
    boolean digits = text.length() <= 5 && Ascii.isDigits(text);
    return digits && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= HIGHEST_PORT;
  }
}
