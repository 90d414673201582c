package dev.camelsiem.edge.camel.http;

import org.jspecify.annotations.Nullable;

/** What the intake needs of a request, whatever server took it. */
interface HttpRequest {
  /** A header as the client sent it: not a query parameter, not one of Camel's. */
  @Nullable String header(String name);

  String path();

  /** {@code http://192.0.2.1:40000}: where its events come from. */
  String origin();

  /**
   * Reads the whole body; called at most once.
   *
   * @throws HttpRefusal when it is over the limit, too slow or cut off
   */
  byte[] read(HttpLimits limits) throws HttpRefusal;

  /** Gives up a body that was not read. */
  void discard();
}
