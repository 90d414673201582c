package dev.camelsiem.edge.camel.http;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;

/** The servers of one Camel context, one for each address and port. Thread-safe. */
final class HttpServers {
  private final Map<String, HttpServer> servers = new HashMap<>();

  /**
   * The server of these settings, which from now on knows a path.
   *
   * @throws IllegalArgumentException when another route has the path, or wants the port otherwise
   */
  synchronized HttpServer register(ServerSettings settings, Site site, CamelContext context) {
    HttpServer server = servers.get(settings.key());
    if (server == null) {
      server = new HttpServer(settings, context);
    } else {
      server.settings().checkSame(settings);
    }
    server.add(site);
    servers.put(settings.key(), server);
    return server;
  }

  /** The path is not known any more; the last one takes its server with it. */
  synchronized void forget(HttpServer server, Site site) {
    server.remove(site);
    if (server.hasNoSites()) {
      server.closeIfUnused();
      servers.remove(server.settings().key(), server);
    }
  }
}
