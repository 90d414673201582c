package dev.camelsiem.edge.camel.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which names we may be called by, so that no web page sends us events with the help of somebody's
 * browser: neither by a name of its own that it points at us (DNS rebinding), nor from a page of
 * another host. Addresses are no names and always pass. Immutable.
 */
final class HostRules {
  private static final Logger LOG = LoggerFactory.getLogger(HostRules.class);
  private static final String ANY = "*";

  private final Set<String> names;
  private final boolean anyHost;
  private final boolean crossSite;

  private HostRules(Set<String> names, boolean anyHost, boolean crossSite) {
    this.names = names;
    this.anyHost = anyHost;
    this.crossSite = crossSite;
  }

  /**
   * @param listen the address that is listened on
   * @param isGuarded whether senders come from elsewhere and must show credentials: then the name
   *     matters only where {@code allowed} says so
   * @param allowed further names, separated by commas; {@code *} is any
   * @param crossSite whether pages of other hosts may send
   */
  static HostRules of(
      String listen, boolean isGuarded, @Nullable String allowed, boolean crossSite) {
    Set<String> names = new HashSet<>();
    if (allowed != null) {
      for (String name : allowed.split(",", -1)) {
        names.add(normal(name.strip()));
      }
    }
    names.remove("");
    boolean any = names.contains(ANY) || (names.isEmpty() && isGuarded);
    names.add("localhost");
    names.add(normal(listen));
    addOwn(names);
    return new HostRules(names, any, crossSite);
  }

  private static void addOwn(Set<String> names) {
    try {
      InetAddress own = InetAddress.getLocalHost();
      names.add(normal(own.getHostName()));
      names.add(normal(own.getCanonicalHostName()));
    } catch (UnknownHostException e) {
      LOG.debug("this machine's name is not known: {}", e.getMessage());
    }
  }

  /**
   * @param host {@code Host} of the request or the authority of its target; null when it has none
   * @throws HttpRefusal 403 with the option that allows it
   */
  void check(@Nullable String host, @Nullable String origin, @Nullable String fetchSite)
      throws HttpRefusal {
    if (host != null && !anyHost && !isOurs(withoutPort(host))) {
      throw new HttpRefusal(
          403, "this host name is not known here: the option allowedHosts can allow it");
    }
    if (crossSite) {
      return;
    }
    boolean foreignPage =
        fetchSite != null
            && (fetchSite.equalsIgnoreCase("cross-site")
                || fetchSite.equalsIgnoreCase("same-site"));
    if (foreignPage || (origin != null && !isSame(origin, host))) {
      throw new HttpRefusal(
          403, "a page of another site may not send events: allowCrossSite can allow it");
    }
  }

  private boolean isOurs(String host) {
    String name = normal(host);
    return names.contains(name) || name.endsWith(".localhost") || isAddress(name);
  }

  /** An IPv6 address in brackets, or four numbers: nobody can point a name of theirs there. */
  private static boolean isAddress(String name) {
    if (name.startsWith("[")) {
      return name.endsWith("]") && consistsOf(name, 1, name.length() - 1, "0123456789abcdef:.");
    }
    return name.chars().filter(c -> c == '.').count() == 3
        && consistsOf(name, 0, name.length(), "0123456789.");
  }

  private static boolean consistsOf(String text, int from, int to, String characters) {
    for (int i = from; i < to; i++) {
      if (characters.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return to > from;
  }

  private static boolean isSame(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    if (scheme < 0 || host == null) {
      return false;
    }
    String port = origin.substring(0, scheme).equalsIgnoreCase("https") ? ":443" : ":80";
    return withPort(origin.substring(scheme + 3), port).equals(withPort(host, port));
  }

  private static String withPort(String authority, String port) {
    String name = authority.toLowerCase(Locale.ROOT);
    return withoutPort(name).length() == name.length() ? name + port : name;
  }

  private static String withoutPort(String authority) {
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', Math.max(0, bracket));
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
