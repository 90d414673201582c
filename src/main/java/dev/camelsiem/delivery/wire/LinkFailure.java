package dev.camelsiem.delivery.wire;

import java.io.IOException;

/**
 * How a connection came to its end, in words. Made for each connection, so without a trace, which
 * would show an event loop only; who waits for the connection wraps it into one that has its own.
 */
final class LinkFailure extends IOException {
  private static final long serialVersionUID = 1;

  LinkFailure(String why) {
    super(why);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
