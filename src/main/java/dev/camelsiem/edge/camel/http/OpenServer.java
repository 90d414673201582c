package dev.camelsiem.edge.camel.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.jspecify.annotations.Nullable;

/** Looks whether Camel's HTTP server can be reached from the network. */
final class OpenServer {
  private static final String SERVER =
      "org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer";

  private OpenServer() {}

  /** The address it listens on when that is more than loopback; null also for a foreign server. */
  static @Nullable String host(CamelContext context) {
    if (context.getClassResolver().resolveClass(SERVER) == null) {
      return null; // another runtime's server, which has its own rules
    }
    String host = Vertx.host(context);
    return host == null || isLoopback(host) ? null : host;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // whatever it is, it is not known to be harmless
    }
  }

  /** Apart, so that nothing of Vert.x is loaded where there is none. */
  private static final class Vertx {
    static @Nullable String host(CamelContext context) {
      VertxPlatformHttpServer server = context.hasService(VertxPlatformHttpServer.class);
      return server == null ? null : server.getHost();
    }
  }
}
