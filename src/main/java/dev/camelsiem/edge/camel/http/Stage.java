package dev.camelsiem.edge.camel.http;

/** How far a connection, or a stream of HTTP/2, is with its request. */
enum Stage {
  /** Waits for a head. */
  HEAD,
  /** Collects a body. */
  BODY,
  /** A worker has it, or its answer goes out. */
  WORK,
  /** Passes over the rest of a refused body. */
  REFUSED,
  /** The connection goes. */
  END
}
