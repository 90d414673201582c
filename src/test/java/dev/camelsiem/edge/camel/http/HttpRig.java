package dev.camelsiem.edge.camel.http;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;

/** Where the HTTP sources of a context listen. */
final class HttpRig {
  private HttpRig() {}

  static List<URI> urls(CamelContext context) {
    return context.getRoutes().stream()
        .map(route -> route.getConsumer() instanceof HttpConsumer http ? http.url() : null)
        .filter(Objects::nonNull)
        .map(URI::create)
        .toList();
  }

  static int port(CamelContext context) {
    return urls(context).get(0).getPort();
  }
}
